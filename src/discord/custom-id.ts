/** What a button means, written into its custom id: it works after a restart too. */

import { LONGEST_CUSTOM_ID } from "./components.ts";

/** Steps of the guided tour. */
export const TOUR_STEPS = 5;
/** Behind the last step: the tour is done. */
export const TOUR_END = TOUR_STEPS + 1;

/** Parts of what an exchange has to show. `quote` is the number of a citation. */
export type ViewName =
  | { readonly view: "main" }
  | { readonly view: "evidence" }
  | { readonly view: "sources" }
  | { readonly view: "around"; readonly quote: number };

export type Action =
  /** Shows a view to who clicked, and to nobody else. */
  | ({ readonly kind: "open"; readonly exchange: string } & ViewName)
  /** Shows another page of the message that has the button. */
  | ({ readonly kind: "turn"; readonly exchange: string; readonly page: number } & ViewName)
  | { readonly kind: "helpful" | "not-helpful" | "share" | "follow-up"; readonly exchange: string }
  /** Of a menu: shows the page on which the chosen part of the message begins. */
  | { readonly kind: "jump"; readonly exchange: string }
  /** Asks this. */
  | { readonly kind: "try"; readonly question: string }
  /** A page of the list of reports. */
  | { readonly kind: "reports"; readonly page: number; readonly filter: string }
  /** Briefs on this; "": on the whole corpus. */
  | { readonly kind: "brief"; readonly subject: string }
  /** What is new since this member's last briefing. */
  | { readonly kind: "news" }
  /** Ends a subscription. `delivery` tells which delivery the button's message is; "" for none. */
  | { readonly kind: "unsubscribe"; readonly subscription: string; readonly delivery: string }
  /** Puts an ended one back. */
  | { readonly kind: "resubscribe"; readonly subscription: string }
  /** A step of the guided tour, 1 to 5; 0: where the member left it; TOUR_END: done. */
  | { readonly kind: "tour"; readonly step: number };

/** Short forms: a custom id has room for 100 characters. */
const VIEWS = { main: "m", evidence: "e", sources: "s", around: "q" } as const;
const SIMPLE = { helpful: "+", "not-helpful": "-", share: "h", "follow-up": "f", jump: "j" } as const;

/** @returns null where it is too long for a custom id, or would not come back as it is: then there can be no such button. */
export function customId(action: Action): string | null {
  const id = written(action);
  return id.length <= LONGEST_CUSTOM_ID && id.isWellFormed() ? id : null;
}

function written(action: Action): string {
  switch (action.kind) {
    case "open":
      return `o:${action.exchange}:${viewCode(action)}`;
    case "turn":
      return `t:${action.exchange}:${viewCode(action)}:${action.page}`;
    case "try":
      return `y:${action.question}`;
    case "reports":
      return `r:${action.page}:${action.filter}`;
    case "brief":
      return `b:${action.subject}`;
    case "news":
      return "n:";
    case "unsubscribe":
      return `u:${action.subscription}:${action.delivery}`;
    case "resubscribe":
      return `v:${action.subscription}`;
    case "tour":
      return `g:${action.step}`;
    default:
      return `${SIMPLE[action.kind]}:${action.exchange}`;
  }
}

function viewCode(name: ViewName): string {
  return `${VIEWS[name.view]}${name.view === "around" ? name.quote : ""}`;
}

/** The action of a custom id, or null where it is none of ours (of an older version, say). */
export function actionOf(id: string): Action | null {
  const action = read(id);
  // What is not written as we write it is not ours.
  return action !== null && written(action) === id ? action : null;
}

function read(id: string): Action | null {
  const [code = "", ...rest] = id.split(":");
  const remainder = id.slice(code.length + 1);
  if (code === "y") return remainder === "" ? null : { kind: "try", question: remainder };
  if (code === "b") return { kind: "brief", subject: remainder };
  if (code === "n") return { kind: "news" };
  const [first = "", second = "", third = ""] = rest;
  if (code === "u") return first === "" ? null : { kind: "unsubscribe", subscription: first, delivery: second };
  if (code === "v") return first === "" ? null : { kind: "resubscribe", subscription: first };
  if (code === "g") {
    const step = wholeNumber(first);
    return step === null || step > TOUR_END ? null : { kind: "tour", step };
  }
  if (code === "r") {
    const page = wholeNumber(first);
    return page === null ? null : { kind: "reports", page, filter: remainder.slice(first.length + 1) };
  }
  const simple = (Object.keys(SIMPLE) as (keyof typeof SIMPLE)[]).find((kind) => SIMPLE[kind] === code);
  if (simple !== undefined) return first === "" ? null : { kind: simple, exchange: first };
  const view = viewNamed(second);
  if (view === null || first === "") return null;
  if (code === "o") return { kind: "open", exchange: first, ...view };
  const page = wholeNumber(third);
  return code !== "t" || page === null ? null : { kind: "turn", exchange: first, page, ...view };
}

function viewNamed(code: string): ViewName | null {
  const letter = code.slice(0, 1);
  if (letter === VIEWS.around) {
    const quote = wholeNumber(code.slice(1));
    return quote === null ? null : { view: "around", quote };
  }
  const view = (["main", "evidence", "sources"] as const).find((name) => VIEWS[name] === code);
  return view === undefined ? null : { view };
}

function wholeNumber(digits: string): number | null {
  return /^\d{1,6}$/.test(digits) ? Number(digits) : null;
}
