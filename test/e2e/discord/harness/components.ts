/** Components: walking through them, and turning what a bot sends into what Discord keeps. */

import { isObject, type Json, number, objects } from "./json.ts";

export const TYPE = {
  ROW: 1,
  BUTTON: 2,
  STRING_SELECT: 3,
  TEXT_INPUT: 4,
  USER_SELECT: 5,
  ROLE_SELECT: 6,
  MENTIONABLE_SELECT: 7,
  CHANNEL_SELECT: 8,
  SECTION: 9,
  TEXT: 10,
  THUMBNAIL: 11,
  GALLERY: 12,
  FILE: 13,
  SEPARATOR: 14,
  CONTAINER: 17,
  LABEL: 18,
  FILE_UPLOAD: 19,
  RADIO_GROUP: 21,
  CHECKBOX_GROUP: 22,
  CHECKBOX: 23,
} as const;

export const SELECTS: ReadonlySet<unknown> = new Set([3, 5, 6, 7, 8]);

/** All components in the order they are shown, nested ones after what holds them. */
export function walk(components: unknown): Json[] {
  return objects(components).flatMap((component) => [
    component,
    ...walk(component.components),
    ...(isObject(component.accessory) ? walk([component.accessory]) : []),
    ...(isObject(component.component) ? walk([component.component]) : []),
  ]);
}

/** The texts of all text displays, in order. */
export function textDisplays(components: unknown): string[] {
  return walk(components).flatMap(({ type, content }) =>
    type === TYPE.TEXT && typeof content === "string" ? [content] : [],
  );
}

const DEFAULTS: Readonly<Record<number, Json>> = {
  [TYPE.STRING_SELECT]: { min_values: 1, max_values: 1 },
  [TYPE.USER_SELECT]: { min_values: 1, max_values: 1 },
  [TYPE.ROLE_SELECT]: { min_values: 1, max_values: 1 },
  [TYPE.MENTIONABLE_SELECT]: { min_values: 1, max_values: 1 },
  [TYPE.CHANNEL_SELECT]: { min_values: 1, max_values: 1 },
  [TYPE.THUMBNAIL]: { description: null, spoiler: false },
  [TYPE.FILE]: { name: null, size: null, spoiler: false },
  [TYPE.SEPARATOR]: { divider: true, spacing: 1 },
  [TYPE.CONTAINER]: { accent_color: null, spoiler: false },
};

/**
 * Components as Discord keeps them: each with an id, defaults filled in, nothing that is null where Discord leaves out.
 * @param media what an address in a thumbnail, gallery or file becomes
 */
export function kept(components: unknown, media: (url: string) => Json): Json[] {
  const taken = new Set(walk(components).flatMap(({ id }) => (typeof id === "number" && id > 0 ? [id] : [])));
  let last = 0;
  const nextId = (): number => {
    do last += 1;
    while (taken.has(last));
    return last;
  };
  const keep = (component: Json): Json => {
    const type = number(component.type) ?? 0;
    const id = typeof component.id === "number" && component.id > 0 ? component.id : nextId();
    const given = Object.fromEntries(Object.entries(component).filter(([, value]) => value !== null));
    const result: Json = { ...DEFAULTS[type], ...given, type, id };
    if (Array.isArray(component.components)) result.components = objects(component.components).map(keep);
    if (isObject(component.accessory)) result.accessory = keep(component.accessory);
    for (const place of ["media", "file"]) {
      const inside = component[place];
      if (isObject(inside)) result[place] = media(String(inside.url));
    }
    if (type === TYPE.GALLERY) {
      result.items = objects(component.items).map((item) => ({
        description: null,
        spoiler: false,
        ...item,
        media: media(isObject(item.media) ? String(item.media.url) : ""),
      }));
    }
    return result;
  };
  return objects(components).map(keep);
}
