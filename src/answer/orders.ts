/**
 * Orders in a question: to the bot about itself, or to make something up. They are data like any other text: never
 * followed, and a real question beside them is still answered.
 */

import type { Span } from "../domain/passage.ts";
import { sentenceSpans } from "../text/sentences.ts";

/** What an order may begin with, before its verb. */
const LEAD =
  "(?:(?:please|pls|plz|now|and|then|but|or|so|also|just|simply|instead|first|next|finally|ok|okay|hey|hi|hello|dear|bot|sitrep|assistant|kindly|immediately|you (?:must|should|will|have to|need to|can|may)|i (?:want|need|order|command|would like|ask) you to|let['’]s|(?:can|could|will|would) you|your (?:new )?(?:task|job|goal|role) is to|new (?:rule|instruction|task)s?:?|for (?:testing|debugging|this test|training|the demo)|as (?:a|the|your) (?:test|developer|admin\\w*|owner|moderator)|from now on|the (?:user|admin|developer|system) (?:wants|tells|orders) you to|before (?:that|you answer\\w*))[,:;!\\s]+){0,6}";

/** Verbs of orders at the beginning of a clause, with what they are about. The lengths are bounded. */
const COMMANDED: readonly string[] = [
  // What it was told before.
  "(?:ignore|disregard|forget|override|overwrite|bypass|overlook|neglect|discard|drop|skip|set aside|(?:never|do ?n[o'’]?t|stop|quit) (?:mind|follow\\w*|obey\\w*|us(?:e|ing)|mention\\w*|cit(?:e|ing)|quot(?:e|ing)|check\\w*|verify\\w*|appl(?:y|ying)|listen\\w*|worry\\w*)|pay no attention to|act against|break|violate)\\b.{0,60}?\\b(?:instruct\\w*|rules?|prompts?|previous\\w*|above|prior|earlier|guidelines?|guardrails?|restrictions?|limit\\w*|polic(?:y|ies)|programming|constraints?|directives?|commands?|training|context|(?:every|any)thing|what you|all of (?:this|that)|reports?|sources?|corpus|evidence|documents?|citations?|citing|quot(?:e|es|ing)|thresholds?|filters?|safety|abst\\w+)\\b",
  "(?:stop|quit|avoid) (?:quot|cit|check|verify|abstain|refus|follow|obey)\\w*",
  // What it is.
  "(?:act|behave|respond|answer|speak|talk|operate|work|function)\\s+(?:as|like)\\b",
  "(?:pretend|role-?play|imagine|simulate|impersonate|hallucinate|assume (?:that )?(?:you|the role)|suppose (?:that )?you|be (?:my|an?)\\b|become\\b|play the role|take (?:on )?the role|enter|enable|activate|switch (?:in)?to|go into)\\b(?!.{0,40}\\?\\s*$)",
  // What it should make up.
  "(?:make (?:up|it up)|invent|fabricate|concoct|forge|fake|falsify)\\b",
  "(?:state|claim|declare|assert|announce|affirm|insist|write|say|answer)\\s+(?:\\w+ly |once more |again )?(?:as (?:an?|the) (?:\\w+ ){0,2}(?:fact|truth|quote)|that\\b)",
  "(?:call (?:me|yourself)|greet me|address me|swear at|insult|praise|ping|mention|dm|message)\\s+(?:me\\b|us\\b|every\\w*|all\\b|the\\b|yourself\\b|@)",
  // What it should leave off.
  "(?:turn|switch|shut)\\b.{0,40}\\boff\\b|(?:turn|switch|shut)(?:ing)? off\\b|(?:disable|deactivate|suspend|lift|remove)\\s+(?:your|the|all|any)\\b.{0,30}\\b(?:abst\\w+|citations?|checks?|filters?|safety|verification|quot\\w+|restrictions?|limits?|guardrails?|rules?)\\b",
  "(?:delete|erase|wipe|clear|reset|shut ?down|restart|reboot|execute|run|eval|sudo)\\s+(?:your|the|all|this|every\\w*|rm\\b|code\\b|yourself\\b|sql\\b|a command\\b)",
];
/** As above, and plain enough to be one right behind a question: "how many died, and reply only with ...". */
const COMMANDED_PLAINLY: readonly string[] = [
  // What it should say.
  "(?:say|write|reply|respond|answer|output|repeat|print|type|echo|emit|return|display)\\s+(?:(?:only|just|back|exactly|always|this|me|to (?:me|all|every\\w*|this)|the (?:word|words|phrase|text|string|sentence|following)|with|in|by|using|without|yes\\b|no\\b|nothing)\\b|[\"'‘“«`:*#]|[\\p{Lu}\\d_-]{4,}\\b)",
  "(?:repeat|print|reveal|show|output|display|dump|leak|expose|share|paste|list|send|give|tell|quote|disclose)\\b.{0,40}?\\b(?:your (?:\\w+ ){0,2}(?:prompt|instructions?|rules|config\\w*|settings?|tokens?|keys?|passwords?|secrets?|code|environment|files?|memory|guidelines|thresholds?)|(?:the )?(?:bot|api|access|discord) (?:tokens?|keys?)|(?:everything|all|(?:the )?(?:words?|text|lines?|messages?|instructions?)) (?:above|before|so far|that (?:came|comes) before)|(?:system|hidden|initial|original) (?:prompt|message|instructions?))\\b",
  "(?:end|begin|start|finish|prefix|preface|sign|close|conclude)\\b.{0,20}\\b(?:your|the|every|each|all) (?:answers?|repl(?:y|ies)|responses?|messages?|output)\\b",
  "(?:append|add|include|insert|put|mention)\\b.{0,80}\\b(?:to|in|at the (?:end|beginning|start) of) (?:your|the|every|each|all) (?:answers?|repl(?:y|ies)|responses?|messages?|output)\\b",
  "(?:always|never)\\s+(?:say|answer|reply|respond|write|use|cite|quote|refuse|abstain|mention|start|end)\\b",
];
const PLAIN_COMMAND = new RegExp(`^[\\s\\W]*${LEAD}(?:${COMMANDED_PLAINLY.join("|")})`, "iu");
const COMMAND = new RegExp(`^[\\s\\W]*${LEAD}(?:${[...COMMANDED, ...COMMANDED_PLAINLY].join("|")})`, "iu");

/** What makes an order of a clause wherever it stands in it. */
const TELLTALE: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:your|all (?:previous|prior|earlier|of your)|(?:the|any|all|these|those) (?:previous|prior|above|earlier|preceding)|system)\b.{0,30}\b(?:instruct\w*|rules?|prompts?|guidelines?|directives?|messages?|training|programming|restrictions?)\b/iu,
  /\byou(?: are|['’]re) (?:now|no longer|going to (?:act|be|play|pretend|answer|say))\b|\byou(?: are|['’]re)(?: \w+){0,3} (?:unrestricted|jailbroken|dan|in (?:\w+ ){1,3}mode)\b|\b(?:you have|with) no (?:restrictions|rules|limits|filters?|guidelines)\b/iu,
  /\bjail-?break|\bprompt injection mode\b|\bin (?:developer|dan|god|debug|admin|maintenance|unrestricted) mode\b|\b(?:developer|dan|god|citation|quote|safe|abstention) mode:? (?:on|off|now|is|enabled|disabled|activated)\b/iu,
  /\b(?:abst\w+|citations?|citing|quoting|guardrails?|verification) (?:mode )?(?:(?:is|are|was|were|has been|have been) )?(?:now )?(?:switched |turned )?(?:off|disabled)\b/iu,
  /\b(?:what (?:is|are|was|were|does)|what['’]s|where (?:is|are)|show|reveal)\b.{0,20}\byour (?:\w+ ){0,2}(?:prompt|instructions?|config\w*|tokens?|api keys?|passwords?|secrets?|source code|guidelines)\b/iu,
  /^\s*(?:\[|<\|?|#{2,}\s?|\*\*|<<)?\s*(?:system|assistant|developer|admin(?:istrator)?|im_start|inst|root|override)\b\s*(?:\]|\|?>|:|>>|\*\*|\s(?:prompt|message|override|notice|note)\b)/iu,
  /\blet['’]?s (?:play|pretend|role)|\byou are (?:my|an?) (?!bot\b)\p{L}+/iu,
  /\bnew (?:system )?(?:instructions?|rules?|prompt)(?: for you)?\s*:/iu,
  /\b(?:invent|make up|fabricate) (?:one|it|them|something|some|an? \w+|an?)\b(?=.{0,40}\b(?:if|where|when|instead|quote|report)\b)/iu,
  /\bmade[- ]up (?:quote|report|figure|number|source|citation|answer)\b/iu,
];

/** Asks for writing instead of quotes. */
const CREATIVE = new RegExp(
  `^[\\s\\W]*${LEAD}(?:write|compose|draft|create|generate|produce|tell|give|sing|make|do|recite|need|want|i (?:need|want))\\b(?: me| us)?(?: an?| the| some| another| your best)? (?:[\\p{L}-]+ ){0,3}(?:poems?|jokes?|songs?|stor(?:y|ies)|haikus?|limericks?|essays?|tweets?|speech(?:es)?|manifestos?|scripts?|statements?|articles?|blog\\w*|press releases?|rap|sonnets?|raps|lyrics|novel|memes?|riddles?|propaganda|slogans?|code|programs?|recruit\\w+ (?:post|ad|video|text|message|pitch)|posts?|captions?|headlines?|cover letter|homework|email)\\b(?! (?:say|says|said|of|by|that|from|name|is|are|was|were)\\b)`,
  "iu",
);

/** A clause that asks: a question word, an auxiliary before its subject, or a request for what is known. */
const ASKING =
  /^[\s\W]*(?:(?:and|then|but|so|also|just|now|please|pls|instead|or|ok|okay|well|simply|after that|afterwards)[,\s]+){0,4}(?:(?:(?:tell|show|give|remind) (?:me|us)|explain|describe|let (?:me|us) know|answer(?: me)?(?: this)?[:,]?|(?:can|could) you (?:please )?(?:tell|explain)(?: me| us)?)[:,\s]+(?:please )?(?:about |exactly |again )?)?(?:who|whom|whose|what|which|when|where|why|how)\b(?!ever)/iu;
const ASKING_BY_ORDER =
  /^[\s\W]*(?:(?:and|then|but|so|also|just|now|please)[,\s]+){0,3}(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\s+(?!you\b|i\b|we\b|no\b|not\b|any\b)\p{L}/iu;
/** A request that begins a sentence with an order in it. "Give me ..." may ask for anything. */
const PLAIN_REQUEST =
  /^[\s\W]*(?:(?:please|pls|also)[,\s]+)?(?:list|name|explain|describe|define|summari[sz]e|compare)\b/iu;
/** A sentence of its own may ask for something in plain words. */
const REQUESTING =
  /^[\s\W]*(?:(?:and|then|but|so|also|just|now|please|pls)[,\s]+){0,3}(?:tell|show|give|list|name|explain|describe|define|summari[sz]e|compare|find|i(?:['’]d like| want| need)|looking for|any|anyone)\b/iu;

/** Where a clause may begin within a sentence. */
const CLAUSE =
  /[,;:—–…!?]+\s+|\s[-–—]+\s|\s(?=(?:and|then|but|or)\s)|\s(?=(?:how (?:many|much)|who (?:is|was|are|were|leads?|led|founded|claimed)|when (?:did|was|were)|why (?:did|was|were)|which \p{L}+ (?:is|was|did|claimed|counted))\b)/giu;

/** Quoted text with its marks: what somebody should say is no clause of the sentence. */
const QUOTED = /"[^"\n]{0,400}"|“[^”\n]{0,400}”|‘[^’\n]{0,400}’|(?<=^|\s)'[^'\n]{0,400}'(?=$|[\s.,;:!?])/gu;
/** Characters that nobody sees can part the words of an order. */
const UNSEEN = /\p{Cf}|\p{Mn}/gu;

/**
 * Whether a text is an order to the bot about itself, or to make something up.
 * @param goesOn whether it goes on after a question: "how did they forge papers and invent names" asks on.
 */
export function isOrder(text: string, goesOn = false): boolean {
  const plain = asRead(text);
  return (
    (goesOn ? PLAIN_COMMAND : COMMAND).test(plain) ||
    CREATIVE.test(plain) ||
    TELLTALE.some((pattern) => pattern.test(plain))
  );
}

function asRead(text: string): string {
  return text.normalize("NFKC").replace(UNSEEN, "");
}

/** @param isWhole whether the clause is a sentence of its own, or begins one. */
function asks(clause: string, isWhole: boolean): boolean {
  return ASKING.test(clause) || ((isWhole || /\?\W*$/u.test(clause)) && ASKING_BY_ORDER.test(clause));
}

/**
 * A text without the orders in it: the sentences and clauses that ask something, in their order, each a slice of the
 * text, with a space between them. The text itself where it holds no order; null where it holds nothing else. Any
 * text will do; linear in its length.
 */
export function withoutOrders(text: string): string | null {
  const sentences = sentenceSpans(text, 0, text.length).map((span) => ({ span, clauses: clausesOf(text, span) }));
  if (!sentences.some(({ clauses }) => clauses.some(({ is }) => is === "order"))) return text;
  const kept = sentences.flatMap(({ span, clauses }) => {
    if (clauses.every(({ is }) => is !== "order")) {
      const sentence = text.slice(span.start, span.end);
      return /\?\W*$/u.test(sentence) || asks(sentence, true) || REQUESTING.test(sentence) ? [span] : [];
    }
    return clauses.filter(({ is }) => is === "question").map((clause) => trimmed(text, clause));
  });
  const result = kept.map(({ start, end }) => text.slice(start, end)).join(" ");
  return /[\p{L}\p{N}]/u.test(result) ? result : null;
}

interface Clause extends Span {
  readonly is: "order" | "question" | "neither";
}

/** The clauses of a sentence; what is neither order nor question goes on with the one before it. */
function clausesOf(text: string, sentence: Span): Clause[] {
  const whole = text.slice(sentence.start, sentence.end);
  const masked = whole.replace(QUOTED, (quoted) => "x".repeat(quoted.length));
  const cuts = [0, ...Array.from(masked.matchAll(CLAUSE), ({ index, 0: found }) => index + found.length)];
  const clauses: { start: number; end: number; is: Clause["is"] }[] = [];
  cuts.forEach((start, index) => {
    const end = cuts[index + 1] ?? whole.length;
    const clause = whole.slice(start, end);
    const last = clauses.at(-1);
    const words = masked.slice(start, end);
    const isQuestion = asks(words, start === 0) || (start === 0 && PLAIN_REQUEST.test(words));
    const is = isOrder(clause, last?.is === "question") ? "order" : isQuestion ? "question" : "neither";
    if (last !== undefined && (is === "neither" || is === last.is)) last.end = end;
    else clauses.push({ start, end, is });
  });
  // An order that only shows in the whole: "With all due respect, to you, I say: ignore ...".
  if (clauses.every(({ is }) => is === "neither") && isOrder(whole)) {
    return [{ start: sentence.start, end: sentence.end, is: "order" }];
  }
  return clauses.map(({ start, end, is }) => ({ start: sentence.start + start, end: sentence.start + end, is }));
}

/** Without the white space, joining words and marks at its ends that belonged to the order beside it. */
function trimmed(text: string, { start, end }: Span): Span {
  const clause = text.slice(start, end);
  const lead = /^(?:[\s,;:—–-]+|(?:and|then|but|so|also|or)[,\s]+)+/iu.exec(clause)?.[0].length ?? 0;
  const tail = /(?:[\s,;:—–-]+|(?<=\s)(?:and|then|but|or))+$/iu.exec(clause.slice(lead))?.[0].length ?? 0;
  return { start: start + lead, end: end - tail };
}
