/** The inputs of a modal, and what a user fills in, checked as a Discord client checks it. */

import { TYPE, walk } from "./components.ts";
import { isObject, type Json, number, objects, text } from "./json.ts";

export interface ModalField {
  readonly customId: string;
  readonly label: string;
  readonly type: number;
  readonly required: boolean;
  readonly minimum: number;
  readonly maximum: number;
  /** What stands in it when the modal opens. */
  readonly value: string | null;
  readonly options: readonly string[];
}

const INPUTS: ReadonlySet<unknown> = new Set([
  TYPE.TEXT_INPUT,
  TYPE.STRING_SELECT,
  TYPE.USER_SELECT,
  TYPE.ROLE_SELECT,
  TYPE.MENTIONABLE_SELECT,
  TYPE.CHANNEL_SELECT,
  TYPE.FILE_UPLOAD,
  TYPE.RADIO_GROUP,
  TYPE.CHECKBOX_GROUP,
  TYPE.CHECKBOX,
]);

/** The inputs of a modal in order, with the label that stands over each. */
export function modalFields(modal: Json): ModalField[] {
  return objects(modal.components).flatMap((outer) => {
    const label = text(outer.label);
    return walk([outer])
      .filter(({ type }) => INPUTS.has(type))
      .map((input) => {
        const isText = input.type === TYPE.TEXT_INPUT;
        return {
          customId: String(input.custom_id),
          label: label ?? text(input.label) ?? "",
          type: Number(input.type),
          required: input.required !== false && input.type !== TYPE.CHECKBOX,
          minimum: number(isText ? input.min_length : input.min_values) ?? (isText ? 0 : 1),
          maximum: number(isText ? input.max_length : input.max_values) ?? (isText ? 4000 : 1),
          value: text(input.value) ?? defaults(input),
          options: objects(input.options).map(({ value }) => String(value)),
        };
      });
  });
}

function defaults(input: Json): string | null {
  return text(objects(input.options).find((option) => option.default === true)?.value);
}

/**
 * The components of a modal as they are sent when it is submitted.
 * @throws Error for what a Discord client would not let the user send
 */
export function filledIn(modal: Json, values: Readonly<Record<string, string | readonly string[]>>): Json[] {
  const fields = modalFields(modal);
  for (const name of Object.keys(values)) {
    if (!fields.some(({ customId, label }) => name === customId || name === label)) {
      throw new Error(
        `the modal "${text(modal.title)}" has no input "${name}", but ${fields.map(({ customId, label }) => `${customId} (${label})`).join(", ")}`,
      );
    }
  }
  const byId = new Map(fields.map((field) => [field.customId, field]));
  return objects(modal.components).flatMap((outer, index): Json[] => {
    const id = number(outer.id) ?? index * 2 + 1;
    if (outer.type === TYPE.TEXT) return [{ type: TYPE.TEXT, id }];
    const inner =
      outer.type === TYPE.LABEL ? (isObject(outer.component) ? [outer.component] : []) : objects(outer.components);
    const sent = inner.map((input, place) => {
      const field = byId.get(String(input.custom_id));
      if (field === undefined) throw new Error(`an input of type ${input.type} cannot be filled in`);
      return {
        type: field.type,
        id: number(input.id) ?? id + place + 1,
        custom_id: field.customId,
        ...sentValue(field, values[field.customId] ?? values[field.label]),
      };
    });
    return [
      outer.type === TYPE.LABEL
        ? { type: TYPE.LABEL, id, component: sent[0] }
        : { type: TYPE.ROW, id, components: sent },
    ];
  });
}

function sentValue(field: ModalField, given: string | readonly string[] | undefined): Json {
  const name = `the input "${field.label}"`;
  if (field.type === TYPE.TEXT_INPUT) {
    const value = given === undefined ? (field.value ?? "") : String(given);
    if (field.required && value === "") throw new Error(`${name} is required`);
    if (value !== "" && value.length < field.minimum)
      throw new Error(`${name} needs ${field.minimum} characters, not ${value.length}`);
    if (value.length > field.maximum) throw new Error(`${name} takes ${field.maximum} characters, not ${value.length}`);
    return { value };
  }
  if (field.type === TYPE.CHECKBOX) return { value: given === "true" };
  const values =
    given === undefined
      ? field.value === null
        ? []
        : [field.value]
      : typeof given === "string"
        ? [given]
        : [...given];
  if (field.required && values.length === 0) throw new Error(`${name} is required`);
  if (values.length > field.maximum) throw new Error(`${name} takes ${field.maximum} values, not ${values.length}`);
  const unknown = field.options.length === 0 ? undefined : values.find((value) => !field.options.includes(value));
  if (unknown !== undefined) throw new Error(`${name} has no option "${unknown}", but ${field.options.join(", ")}`);
  return field.type === TYPE.RADIO_GROUP ? { value: values[0] ?? null } : { values };
}
