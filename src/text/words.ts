/** Word lists of the English question and of the index: what carries no subject, and what months are called. */

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Words that say nothing about a subject. They are not indexed and not counted as asked for. */
export const STOP_WORDS = words(`
a an the and or but nor so if then than that this these those there here it its itself they them their theirs
he him his she her hers we us our ours you your yours i me my mine one ones who whom whose which what when where why how
is am are was were be been being do does did done doing have has had having will would shall should can could may might must
of in on at by for from to into onto upon with within without about against between among through during before after above
below over under up down out off again further once as per via not no yes also too very just only own same such other
each every any some both all few more most much many several while because since until although though however
s t d ll re ve m
`);

/**
 * Words that shape a question without naming what it is about ("tell me", "according to", "how many were there").
 * They are searched like any other, but evidence need not contain them.
 */
export const QUESTION_WORDS = words(`
tell say says said saying state states stated stating give gives gave given list name names named mention mentions mentioned
describe describes described explain explains explained define defined definition mean means meant meaning
according accord report reports reported reporting source sources document documents text article corpus claim claims claimed
know known please find show shows shown happen happens happened occur occurs occurred take takes took taken place
number numbers figure figures amount amounts total totals count counts counted counting many much long
compare compares compared comparison versus difference differ differs differs
year years month months date dates day days time times period periods
thing things kind kinds type types sort reason reasons way ways role called call calls become became get gets got make makes made
estimate estimates estimated man men woman spokesman spokesperson worldwide least suspected alleged allegedly legal official officially officials actual actually bad badly often outlet agency agencies politician
politicians first very main big bigger biggest large larger small once twice ever please currently possible known
someone somebody anyone anybody everybody everyone people person persons nobody something anything everything nothing
explain understand wonder wondering think thought read seen saw see seem seems heard hear look looks looking interested curious
hi hello hey thanks thank new newcomer lots lot bit bunch pretty really simply just plain plainly actually basically quite rather
total totally overall altogether completely whole entire entirely different same several various certain specific particular
give put come comes came go goes going went ask asked asking answer answered question questions quote quoted cite cited
want need needed like want say tell remember remind summarise summarize briefly
exactly precisely roughly approximately about around nearly almost least most
now currently today ever still yet
`);

export const MONTHS: readonly string[] = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** Short month names, as they stand in text without their full stop. */
export const MONTH_ABBREVIATIONS: ReadonlyMap<string, string> = new Map([
  ["jan", "january"],
  ["feb", "february"],
  ["mar", "march"],
  ["apr", "april"],
  ["jun", "june"],
  ["jul", "july"],
  ["aug", "august"],
  ["sep", "september"],
  ["sept", "september"],
  ["oct", "october"],
  ["nov", "november"],
  ["dec", "december"],
]);

/** Small numbers as words, with the digits they stand for. */
export const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen " +
    "eighteen nineteen twenty"
  )
    .split(" ")
    .map((word, value): [string, string] => [word, String(value)])
    .concat([
      ["thirty", "30"],
      ["forty", "40"],
      ["fifty", "50"],
      ["sixty", "60"],
      ["seventy", "70"],
      ["eighty", "80"],
      ["ninety", "90"],
      ["hundred", "100"],
      ["thousand", "1000"],
      ["dozen", "12"],
    ]),
);

/** What people type in a hurry, and what they mean. */
export const CHAT_FORMS: ReadonlyMap<string, string> = new Map([
  ["wat", "what"],
  ["wht", "what"],
  ["whats", "what's"],
  ["whos", "who's"],
  ["hows", "how's"],
  ["wheres", "where's"],
  ["whens", "when's"],
  ["wich", "which"],
  ["whch", "which"],
  ["wen", "when"],
  ["wer", "where"],
  ["hw", "how"],
  ["pls", "please"],
  ["plz", "please"],
  ["abt", "about"],
  ["u", "you"],
  ["ur", "your"],
]);

/** Forms that a stemmer does not bring together with their word: irregular verbs and plurals. */
export const IRREGULAR_FORMS: ReadonlyMap<string, string> = new Map(
  `led lead|paid pay|held hold|made make|took take|taken take|gave give|given give|rose rise|risen rise|fell fall
fallen fall|grew grow|grown grow|began begin|begun begin|became become|came come|went go|gone go|fought fight
sent send|spent spend|met meet|kept keep|left leave|lost lose|bought buy|brought bring|sold sell|told tell
taught teach|caught catch|shot shoot|struck strike|hid hide|hidden hide|stole steal|stolen steal|fled flee|won win
broke break|broken break|chose choose|chosen choose|drove drive|driven drive|built build|burnt burn|dealt deal
drew draw|drawn draw|flew fly|flown fly|forbade forbid|forbidden forbid|knew know|known know|meant mean|ran run
found find|sought seek|shook shake|slew slay|slain slay|spoke speak|spoken speak|sprang spring|stood stand|swore swear
sworn swear|threw throw|thrown throw|withdrew withdraw|withdrawn withdraw|wore wear|wrote write|written write
women woman|men man|children child|people person|mice mouse|feet foot`
    .split(/[|\n]/)
    .map((pair) => pair.split(" "))
    .map(([form = "", word = ""]): [string, string] => [form, word]),
);
