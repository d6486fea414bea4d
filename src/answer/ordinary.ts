/** Words of a question that no report needs to hold: manners of speaking, and what is most likely mistyped. */

import type { AskedUnit } from "../retrieve/question.ts";
import { distance } from "../text/distance.ts";
import { CHAT_FORMS, QUESTION_WORDS, STOP_WORDS } from "../text/words.ts";

const ORDINARY: ReadonlySet<string> = new Set(
  `please kindly tell anyway though tho btw imho imo idk lol lmao wtf omg gonna wanna gotta dunno yeah yep nope okay
  hmm umm err guys folks mate bro dude sir madam maybe perhaps possibly sorry dumb stupid silly basic quick stuff gist
  info details detail idea ideas clue context background overview summary brief help chance luck topic subject matter
  matters guess guessing suppose sure certain bit sort kinda sorta wondered curious keep kept try trying tried check
  checking verify learn learning understand working write writing paper essay thesis notes note sheet spreadsheet
  chat channel thread message post discord bot today tonight yesterday tomorrow days nowadays recently lately
  happening going currently whole thing really truly literally honestly definitely probably likely apparently
  supposedly obviously clearly especially specifically particularly generally usually normally mostly mainly roughly
  carry carried manage managed land landed hand handed fly style hold held turn turned move moved bring brought keep kept start started
  stop stopped use used happen set put send sent hit done near last next part parts good bad best better worst little
  less able unable sum side sides end ended top together alone back away else ahead own right wrong whole half
  i'm i've i'd i'll it's that's there's what's who's don't doesn't didn't isn't aren't wasn't can't won't let's
  approximately exactly precisely someone anyone everyone nobody anybody everybody somebody anything something everything`
    .trim()
    .split(/\s+/),
);
/** Letters from which a word of two typing errors still shows what it was meant to be. */
const LONG = 6;

/** Whether a word of a question says nothing about its subject, so that nobody misses it in a report. */
export function isOrdinary({ surface, shaping }: Pick<AskedUnit, "surface" | "shaping">): boolean {
  const word = surface.toLowerCase().replace(/’/g, "'");
  if (
    shaping ||
    ORDINARY.has(word) ||
    ORDINARY.has(word.replace(/'s$/, "")) ||
    STOP_WORDS.has(word) ||
    QUESTION_WORDS.has(word) ||
    CHAT_FORMS.has(word)
  )
    return true;
  if (/\p{L}{3}ly$/u.test(word) || word.length < 3) return true;
  return isMistyped(word);
}

/** Whether a word is a typing error of a word of asking: "exaclty", "hapened". */
function isMistyped(word: string): boolean {
  if (!/^\p{L}{5,20}$/u.test(word)) return false;
  const most = word.length > LONG ? 2 : 1;
  for (const words of [QUESTION_WORDS, ORDINARY, STOP_WORDS]) {
    for (const other of words) {
      if (other.length > 4 && other[0] === word[0] && distance(word, other, most) <= most) return true;
    }
  }
  return false;
}
