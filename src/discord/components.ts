/** Discord's message components (version 2), as plain data, and their limits. */

import {
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
} from "discord.js";

/** Limits of a message with components of version 2, from Discord's documentation. */
export const MOST_COMPONENTS = 40;
/** Characters over all text displays. */
export const MOST_TEXT = 4000;
export const LONGEST_LABEL = 80;
export const LONGEST_CUSTOM_ID = 100;
/** Characters of a picture's text alternative. */
export const LONGEST_ALT = 1024;

export type Component = APIComponentInContainer;
export type Button = APIButtonComponent;

/** What a message shows; components of version 2 throughout. */
export type MessageBody = readonly APIMessageTopLevelComponent[];

/** A picture that hangs on a message, where a gallery in its body shows it. */
export interface PictureFile {
  /** Unique in its message; letters, digits, "-" and a dot. */
  readonly name: string;
  readonly png: Uint8Array;
  /** What it shows, in words; at most `LONGEST_ALT` characters. */
  readonly alt: string;
}

/** The colour at a container's edge says what kind of message it is. */
export const COLOURS = {
  answer: 0x2e8b57,
  weakAnswer: 0xc9a227,
  abstention: 0x7a7f87,
  information: 0x3b6ea5,
  fault: 0xb3382c,
} as const;
export type Colour = keyof typeof COLOURS;

export function text(content: string): Component {
  return { type: ComponentType.TextDisplay, content };
}

/** A line across the message. */
export function line(): Component {
  return { type: ComponentType.Separator, divider: true };
}

/** @param buttons 1 to 5. */
export function row(...buttons: Button[]): Component {
  return { type: ComponentType.ActionRow, components: buttons };
}

/** A menu to choose one thing from. @param options 1 to 25, each value once; labels of at most 100 characters. */
export function menu(
  customId: string,
  placeholder: string,
  options: readonly { readonly label: string; readonly value: string }[],
): Component {
  const select = {
    type: ComponentType.StringSelect as const,
    custom_id: customId,
    placeholder,
    options: [...options],
  };
  return { type: ComponentType.ActionRow, components: [select] };
}

/** A picture that is uploaded with the message. */
export function gallery({ name, alt }: Pick<PictureFile, "name" | "alt">): Component {
  return { type: ComponentType.MediaGallery, items: [{ media: { url: `attachment://${name}` }, description: alt }] };
}

/** A button that asks the bot for something. */
export function button(
  customId: string,
  label: string,
  options: { style?: "primary" | "secondary"; disabled?: boolean } = {},
): Button {
  return {
    type: ComponentType.Button,
    style: options.style === "primary" ? ButtonStyle.Primary : ButtonStyle.Secondary,
    custom_id: customId,
    label,
    ...(options.disabled === true ? { disabled: true } : {}),
  };
}

export function container(colour: Colour, components: readonly Component[]): MessageBody {
  return [{ type: ComponentType.Container, accent_color: COLOURS[colour], components: [...components] }];
}

/** Characters of text and number of components, as Discord counts them: nested ones too. */
export function sizeOf(components: readonly (Component | MessageBody[number])[]): { text: number; count: number } {
  let size = { text: 0, count: 0 };
  const visit = (component: Component | MessageBody[number] | Button) => {
    size = { text: size.text, count: size.count + 1 };
    if (component.type === ComponentType.TextDisplay) size.text += component.content.length;
    if ("components" in component) for (const inner of component.components) visit(inner as Component);
    if ("accessory" in component) visit(component.accessory as Button);
  };
  for (const component of components) visit(component);
  return size;
}
