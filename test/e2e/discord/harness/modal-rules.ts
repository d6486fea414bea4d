/** The rules for modals that Discord's description of its API misses. */

import { TYPE, walk } from "./components.ts";
import { type Json, number, objects, text } from "./json.ts";
import { duplicateFaults, selectFaults } from "./message-rules.ts";
import type { Fault, Rule } from "./rules.ts";

const COMPONENTS = 5;

/** What a modal breaks of the rules. */
export function modalFaults(modal: Json): Fault[] {
  const faults: Fault[] = [];
  const say = (rule: Rule, message: string): void => {
    faults.push({ rule, message });
  };
  const outer = objects(modal.components);
  const all = walk(outer);
  if (outer.length < 1 || outer.length > COMPONENTS)
    say("modal-components", `${outer.length} components, 1 to ${COMPONENTS}`);
  if (outer.some(({ type }) => type === TYPE.ROW)) {
    // Discord still takes rows, but has deprecated them.
    faults.push({ rule: "modal-label", message: "an input in a row; use Label", isTaken: true });
  }
  for (const component of all) {
    const name = `the input "${text(component.custom_id)}"`;
    if (component.type === TYPE.TEXT_INPUT) {
      const inLabel = outer.some((one) => one.component === component);
      if (inLabel && text(component.label) !== null)
        say("modal-label", `${name} has a label of its own inside a Label`);
      textInputFaults(component, name, say);
    }
    if (component.type === TYPE.STRING_SELECT) selectFaults(component, say);
  }
  duplicateFaults(all, say);
  return faults;
}

function textInputFaults(input: Json, name: string, say: (rule: Rule, message: string) => void): void {
  const least = number(input.min_length) ?? 0;
  const most = number(input.max_length) ?? 4000;
  const value = text(input.value);
  if (least > most) say("modal-input", `${name} takes at least ${least} and at most ${most} characters`);
  if (value !== null && value !== "" && (value.length < least || value.length > most)) {
    say("modal-input", `${name} begins with ${value.length} characters, ${least} to ${most} allowed`);
  }
}
