/** Word lists for telling who speaks: nouns for speakers, words that end a name, words that are no names. */

import { MONTHS } from "../text/words.ts";

/** A set of words that are written with spaces between them. */
export const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Nouns for those who say, write or count something, and for what they write. */
export const SPEAKERS = list(`
account accounts activist activists administration administrator admin advocate advocates adviser advisers advisor advisors agency
agencies aide aides ambassador ambassadors analyst analysts assembly association associations attorney attorneys author
authors authorities authority body bodies board bureau bulletin bishop broadcaster cabinet campaigner campaigners captain
captives captive cell center centers centre centres chair chairman chairperson chairwoman chief chiefs church cleric clerics coalition column columnist
commander commanders commentator commentators commission commissioner commissioners committee committees communities
community company companies contacts correspondent correspondents council councillor count data database defendant defendants defectors delegates
delegation department desk detainee detainees diplomat diplomats director directorate doctor doctors document documents editor
editorial editors elders embassy emir employees employer envoy envoys estimate estimates excerpts executive expert experts eyewitness
eyewitnesses families family fact-finders feature federation figures firm force forces foundation general generals governor government governments
group groups head headquarters historian historians hospital hospitals index informant informants initiative inquiry inspector institute institution
institutions insurgents intelligence interviewees investigator investigators jirga journalist journalists journal judge judges
law-enforcement lawmaker lawmakers lawyer lawyers leader leaders leadership letter locals major magazine mayor media member members memo memorandum militants
militia military minister ministers ministry ministries mission monitor monitors monitoring movement mullah network networks
newspaper newspapers ngo ngos office officer officers official officials ombudsman op-ed op-eds operatives opposition organisation
organisations organization organizations organizers outlet outlets page pages panel paper papers parent parents parliament participants
parliamentarian parliamentarians partners party parties people piece pilots police poll polls president press prisoner prisoners prime professor
professionals project projects prosecution prosecutor prosecutors protesters province publication publications records refugee refugees regime relative relatives release report
reporter reporters reports representative representatives researcher researchers resident residents respondents reviewer review scholar
scholars secretary secretariat senator senators service services side sister sheikh soldier soldiers source sources speaker spokesman
spokesmen spokesperson spokespersons spokespeople spokeswoman staff state states statement statements statistics stories story student students study studies summary superintendent
supporters survey surveys survivor survivors suspect suspects table tally taxonomy teacher teachers team teams testimony text texts think-tank think-tanks
tracker tribunal troops tweet union unions victim victims video villagers watchdog watchdogs website widow witness witnesses
woman women worker workers workforce workshop writer writers interrogators interrogator interviewer lieutenant colonel fighters terrorists journalists'
observer observers entry entries copy copies dossier dossiers article articles listing academics academic advocates sellers traders farmers brother father mother wife husband son daughter cousin uncle friend friends neighbor neighbors neighbour colleagues colleague roommate
accused applicant applicants petitioner petitioners complainant plaintiff plaintiffs counsel migrants migrant returnees
`);
/** Words that end a name on its way to the left or to the right. */
export const STOPS = list(`
that which who whom whose when while where whereas because since although though if unless until after before as but or nor
so than then there is are was were be been being has have had having do does did will would shall should can could may might must
said says say reported reports report-ed according citing cited quoted quoting added also however not no never what how why
about against among during following including despite within without under over via per through toward towards into onto upon up
some several many most few more less other others another all both each every any such these those this at-least
`);
/** Words with a capital at the beginning of a sentence that are no names. */
export const NO_NAMES = list(`
there this that these those however although though while when where after before in on at by for from to of with as but and or so if
since during despite according meanwhile moreover some many most several both one such not under between among because other others
another also then thus yet all each following until unlike what who why how nor here instead even only over through further no nobody
it he she they we i you his her its their our my earlier later recently additionally finally similarly nonetheless nevertheless
consequently furthermore subsequently separately today yesterday about around against based asked like the a an neither either none
few much any every everyone someone attacks deaths killings casualties incidents cases operations violence bombings figures numbers
abuses arrests injuries losses estimates evidence information investigations allegations total totals reported around nearly almost
first second third last per also again still just once whether abuse torture physical national
`);

/** Whether a word begins with a capital, as names do; "al-Zawahiri" counts. */
export const isCapital = (word: string) => /^["“‘'(]?(?:al-|ul-|el-|an-|ar-|as-|at-|d['’])?[\p{Lu}]/u.test(word);

/** A word without its marks and without a possessive. */
export const bare = (word: string) => word.replace(/^["“‘'(]+|["”’'),.;:]+$/gu, "").replace(/['’]s$/u, "");

/** Whether a lower-case word looks like a verb or participle that stands in no name. */
export function isVerbLike(word: string): boolean {
  return (
    /^[^-]*(?:ing|ed)$/u.test(word) &&
    !/^(?:armed|leading|ruling|united|outgoing|visiting|opposing|monitoring|unnamed|combined|retired|accused|detained|displaced|sanctioned|listed|copied|serving)$/u.test(
      word,
    )
  );
}

/** Whether a word ends with a full stop that ends no sentence: "Gen.", "U.S.". */
export function isAbbreviation(word: string): boolean {
  return /^(?:(?:Gen|Lt|Col|Maj|Brig|Dr|Mr|Mrs|Ms|Sen|Rep|Gov|St|Capt|Sgt|Prof|Adm|Hon)\.|(?:\p{Lu}\.)+)$/u.test(word);
}

/** Adverbs and numbers that names begin with as well: "Just Security", "First Post", "National Assembly". */
const ALSO_NAMES = list("just still even once inside first second third national physical over");

/**
 * Whether a word that is no name at the beginning of a sentence is one there, by the word after it: "WE News", "Just
 * Security". What is all in capitals is always a name.
 */
export function beginsName(word: string, next: string | undefined): boolean {
  const name = bare(word);
  if (/^\p{Lu}{2,}$/u.test(name)) return true;
  return ALSO_NAMES.has(name.toLowerCase()) && next !== undefined && isCapital(next) && !/[,;:.]$/u.test(word);
}

/** Months and days of the week, short and long. */
export const DATE_WORDS = new Set([
  ...MONTHS,
  "jan",
  "feb",
  "mar",
  "apr",
  "jun",
  "jul",
  "aug",
  "sep",
  "sept",
  "oct",
  "nov",
  "dec",
  ..."monday tuesday wednesday thursday friday saturday sunday".split(" "),
]);

/** Words behind which a name is only a part of what is spoken of. */
export const INSIDE =
  /^(?:of|in|at|near|for|from|with|to|on|against|across|by|into|over|inside|outside|around|between|among|about|under|after|before|during)$/u;
/** Participles of saying. */
export const SAYING =
  /^(?:reported|claimed|alleged|stated|noted|added|observed|asserted|complained|acknowledged|confirmed|indicated|showed|relayed|believed|insisted|argued|revealed|documented|estimated|concluded|remarked|announced|admitted|conceded)$/u;

/** Names that may go on with "on". */
export const ON_NAMES =
  /\b(?:Commission|Committee|Council|Reports?|Cent(?:er|re)|Foundation|Rapporteur|Mission|Office|Team|Panel|Convention|Coalition|Campaign|Group|Institute|Directorate|Conference|expert|experts|report|reports|working group)$/u;
/** Where a name ends that follows "according to" or "by". */
export const END_AFTER =
  /[,;:!?"“”()[\]—–]|\.(?:\s|$)|\s(?:as|that|which|who|whose|when|while|where|there|is|are|was|were|has|have|had|said|says|but|after|before|during|because|than|about|at least|more than|citing|via|if|since|until|under|without|would|will|could|and by|in(?=\s(?:the\s)?accounts?\s)|on(?=\s(?:\d|the\s\d|how|why|whether)))\s/gu;
