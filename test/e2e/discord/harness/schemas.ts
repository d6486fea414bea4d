/** Discord's own description of its API, put to bodies, with errors that can be read. */

import * as named from "discord-api-spec/zod";
import type { $ZodIssue } from "zod/v4/core";
import { isObject } from "./json.ts";

interface Schema {
  safeParse(value: unknown): { readonly success: boolean; readonly error?: { readonly issues: readonly $ZodIssue[] } };
}

const SCHEMAS = named as unknown as Readonly<Record<string, Schema | undefined>>;

/**
 * What of a value a schema does not allow, each as "where: what"; empty when it is allowed.
 * @param name as Discord's OpenAPI names it, without "Schema"
 */
export function schemaFaults(name: string, value: unknown): string[] {
  const schema = SCHEMAS[`${name}Schema`];
  if (schema === undefined) throw new Error(`Discord's description has no ${name}`);
  const result = schema.safeParse(value);
  return result.success ? [] : describe(result.error?.issues ?? [], value, "");
}

function describe(issues: readonly $ZodIssue[], value: unknown, at: string): string[] {
  return issues.flatMap((issue) => {
    const place = issue.path.reduce<string>((path, key) => {
      return typeof key === "number" ? `${path}[${key}]` : path === "" ? String(key) : `${path}.${String(key)}`;
    }, at);
    const part = issue.path.reduce<unknown>(
      (inside, key) => (inside as Record<PropertyKey, unknown> | null | undefined)?.[key],
      value,
    );
    if (issue.code === "invalid_union") return inUnion(issue.errors, part, place);
    const shown = JSON.stringify(part);
    return [
      `${place === "" ? "the body" : place}: ${issue.message}${shown === undefined ? "" : `, not ${cut(shown)}`}`,
    ];
  });
}

/** Of the branches of a union, the one that was meant: the one whose `type` fits, else the one with the fewest faults. */
function inUnion(branches: readonly (readonly $ZodIssue[])[], value: unknown, at: string): string[] {
  const meant = branches.filter((issues) => !issues.some(({ path }) => path.length === 1 && path[0] === "type"));
  if (meant.length === 0 && isObject(value) && "type" in value) {
    return [`${at === "" ? "the body" : at}: type ${JSON.stringify(value.type)} is not allowed here`];
  }
  const chosen = (meant.length > 0 ? meant : branches).toSorted((a, b) => a.length - b.length)[0] ?? [];
  return describe(chosen, value, at);
}

const cut = (shown: string): string => (shown.length > 120 ? `${shown.slice(0, 120)}…` : shown);
