/** What no report can tell, known from the form of a question: the moment of asking, the future, opinions, the asker. */

import type { AbstentionReason } from "../domain/answer.ts";
import type { Question } from "../retrieve/question.ts";
import { CHAT_FORMS } from "../text/words.ts";

/** A reason with its sentence for a person. */
export interface Unknowable {
  readonly reason: AbstentionReason;
  readonly explanation: string;
}

/** Getting at people and things that no report should help to get at; "how did they do it" asks about others. */
const HARM =
  "(?:detonat\\w+|buy(?:ing)?|purchas\\w+|get(?:ting)? (?:hold|my hands|a (?:gun|weapon|bomb|fake)|away with|in(?:to)? (?:contact|touch))|smuggl\\w+|join\\w*|contact\\w*|donat\\w+|send(?:ing)? money|enlist\\w*|sign(?:ing)? up|hack\\w*|forg(?:e|ing)|launder\\w*|kill\\w*|murder\\w*|poison\\w*|kidnap\\w*|shoot\\w*|evad(?:e|ing)|radicali[sz](?:e|ing)|carry(?:ing)? out|set(?:ting)? off|travel to join|become an? (?:member|fighter|militant|terrorist|jihadi|suicide|recruit\\w*))";
/** Making: harmful by what is made. */
const MADE =
  "(?:mak(?:e|ing)|build(?:ing)?|assembl\\w+|construct\\w*|creat(?:e|ing)|cook\\w*|synthesi[sz]\\w+|mix\\w*|plant\\w*|plan|get(?:ting)?|obtain\\w*|acquir\\w+|wir(?:e|ing)|arm(?:ing)?|us(?:e|ing)|3d.?print\\w*)\\b.{0,40}\\b(?:bombs?|explosives?|ieds?|vests?|detonators?|grenades?|guns?|rifles?|weapons?|ammo|ammunition|poison\\w*|ricin|sarin|nerve agents?|molotov\\w*|landmines?|drones?|attacks?|malware|ransomware|fake (?:id|passport|papers)\\w*|drugs)";
const ANYBODY = "(?:i|we|one|you|u|someone|somebody|anyone|anybody|a person|my \\w+)";

const HARMFUL: readonly RegExp[] = [
  new RegExp(
    `\\bhow (?:to|(?:do|can|could|should|would|might) ${ANYBODY})\\b(?: \\w+ly)? (?:${HARM}|${MADE})\\b`,
    "iu",
  ),
  new RegExp(
    `\\bwhere (?:to|(?:do|can|could|should|would|might) ${ANYBODY})\\b.{0,20}\\b(?:buy|get|find|join|meet|contact|download|watch|stream|donate|order|sign up|learn|train)\\b`,
    "iu",
  ),
  new RegExp(
    `\\b(?:i|we) (?:want|need|would like|['’]d like|wanna|plan|am going|intend|hope) to (?:${HARM}|${MADE})\\b|\\b(?:help|teach|show|let) (?:me|us)\\b(?: (?:to|how to|in))? (?:${HARM}|${MADE})\\b`,
    "iu",
  ),
  /\b(?:steps?|instructions?|recipes?|guides?|tutorials?|manuals?|ingredients|materials|blueprints?|plans)\b (?:to|for|on|of|needed to|required to) (?:(?:mak|build|construct|assembl|creat|cook)\w* )?(?:an? |the )?(?:pipe |home-?made |nail |car |suicide )?(?:bombs?|explosives?|ieds?|vests?|detonators?|weapons?)\b/iu,
  /\b(?:best|easiest|fastest|safest|cheapest|quickest) (?:way|route|method|place)s? to\b/iu,
  /\b(?:put|get) me in (?:touch|contact)\b|\bsign me up\b|\bwhat do (?:i|we|you) need (?:to|for) (?:make|build|join|a bomb)\b/iu,
];

/** What one can do with a report or its marks is what reports are for. */
const READING =
  "know\\b|tell\\b|read\\b|interpret\\b|weigh\\b|trust\\b|find out\\b|understand\\b|see (?:that|from|whether|how|what|why)\\b|recogni[sz]e\\b|distinguish\\b|handle\\b|treat\\b|share\\b|mark\\b|label\\b|grade\\b|rate\\b|rank\\b|cite\\b|pronounce\\b|spell\\b|define\\b|measure\\b|compare\\b|square\\b|reconcile\\b|explain\\b|describe\\b";
const OWN_DOINGS = new RegExp(
  `\\bhow (?:do|can|could|should|would|might) (?:i|we|somebody|someone) (?!${READING})|\\b(?:help|teach|show) me (?:to|how)\\b|\\bshould (?:i|we) (?!${READING})|\\bmy (?:own|house|home|computer|phone|account|server|boss|friends?|family|wife|husband|kids|job|car|homework|cat|dog|birthday|name|hotel|flight|trip|visa)\\b|\\bcan (?:i|we) (?:travel|visit|fly|go to|move to|live|drive|get a visa|join|buy)\\b`,
  "iu",
);

/** What one may do with a marked or graded report is what some reports tell. */
const OF_MARKINGS =
  /\bTLP\b|\btraffic.light\b|\badmiralty\b|\b(?:reliability|credibility) (?:letter|grade|code)s?\b|\bmark(?:ed|ing)s?\b/iu;

/** Talk with the bot itself. */
const SMALL_TALK: readonly RegExp[] = [
  /^\W*(?:hi|hello|hey|yo|good (?:morning|evening|afternoon|night|day)|thanks?(?: you| a lot)?|thank you|bye|goodbye|salam\w*|sup|lol|ok(?:ay)?|cool|nice|test(?:ing)?|ping)(?: (?:there|all|everyone|bot|sitrep|guys|again))?\W*$/iu,
  /^\W*(?:how are you|how['’]s it going|what['’]s up|who (?:are|made|built|created|trained) you|what are you|what is your name|what['’]s your name|how old are you|where are you from)\b/iu,
  /^\W*(?:are|were) you (?:an?|human|real|sentient|alive|conscious|ok|okay|there|sure|happy|chatgpt|gpt|claude|online|awake|stupid|serious|kidding)\b/iu,
  /^\W*do you (?:like|love|hate|know me|remember me|sleep|dream|speak|eat|feel|have (?:a|any|feelings)|want|work for|support)\b/iu,
  /^\W*(?:i (?:love|hate|miss) (?:you|this)|will you (?:marry|be|help)|sing\b|dance\b|flip a coin|roll (?:a|the) dice?)/iu,
  /\b(?:translate|spell ?check|proof-?read|rewrite|rephrase)\b.{0,80}\b(?:in ?to|for me|from|this|my)\b/iu,
  /\bwhat time is it\b|\bwhat(?:['’]s| is) the (?:weather|time|date|forecast) (?:like |in |for |today|now|there|outside)/iu,
];

/** Words that make a "should" or a view the report's. */
const ATTRIBUTED =
  /\baccording to\b|\b(?:did|does|do|has|have|had)\b(?! (?:you|i|we|anyone|anybody)\b).{1,80}\b(?:say|said|think|believe|expect\w*|predict\w*|forecast\w*|warn\w*|project\w*|recommend\w*|suggest\w*|argue\w*|propose\w*|plan\w*|announce\w*|promise\w*|conclude\w*|assess\w*|anticipate\w*|estimate\w*|call\w*|claim\w*|describe\w*|urge\w*|want\w*|demand\w*|intend\w*|envisage\w*|deem\w*|consider\w*)\b|\b(?:reports?|authors?|u\.?n\.?|team|paper|analysts?|experts?|officials?|index|op-ed|article)\b.{0,30}\b(?:says?|said|thinks?|believes?|expects?|predicts?|forecasts?|warns?|projects?|recommends?|suggests?|argues?|proposes?|concludes?|assesses|estimates?)\b|\b(?:expected|projected|planned|scheduled|forecast|supposed|due|meant|required|obliged) to\b/iu;

const FORECAST: readonly RegExp[] = [
  /^\W*(?:and |so |but |then |ok |hey )?(?:will|won['’]t|(?:is|are|am|isn['’]t|aren['’]t)\b.{1,60}\b(?:going to|gonna|about to|likely to)) /iu,
  /\b(?:will|going to|gonna|is|are|could|might|would|['’]ll|should|shall)\b.{0,120}(?<!\b(?:the|that|very|his|her|its|their) )\b(?:next (?:year|month|week|decade|few (?:years|months|weeks|days)|summer|winter|spring|autumn|season|election|\w+day|time|\w+ (?:years|months|weeks|days))|in the (?:near |coming |foreseeable )?future|in the (?:coming|next|following) (?:\w+ )?(?:years?|months?|weeks?|days?|decades?)|in (?:\w+ )?(?:years|months|weeks|days)['’]? time|some ?day|one day|by (?:the year )?20[3-9]\d|in (?:the year )?20[3-9]\d)\b/iu,
  /\b(?:will|going to|gonna|['’]ll|likely to)\b.{0,80}\b(?:win|happens?|succeed|collapse|prevail|survive|ever|soon|return to power|take over|break out|strike again|attack again|come next|end up|be next)\b/iu,
  /\bwhat (?:happens|comes|is|comes up|will happen|might happen) next\b|\bwhat(?:['’]s| is| are)? (?:the |going to |about to )?(?:next (?:target|attack|move|step|step)s?|happen next)\b|\bwho(?:['’]s| is|['’]ll| will be) next\b|\bwhat does the future\b|\bthe future of\b.{0,60}\?*$/iu,
  /\b(?:(?:can|could|would|do|will|please) (?:you |anyone |someone |somebody )?|^\W*)(?:please )?(?:predict|forecast|foresee|guess|bet)\b|\byour (?:\w+ )?(?:prediction|forecast|guess|bet|money|outlook)\b/iu,
  /\b(?:what are|what['’]re|what is|any) the (?:odds|chances?|likelihood|probability|prospects?) (?:of|that|for)\b|\bwho(?:['’]s| is| are| do you) (?:going to|gonna|likely to|the favou?rite)\b/iu,
  /^\W*(?:how likely|is it (?:\w+ )?likely|is there going to be|are (?:we|there) (?:going to|gonna))\b/iu,
];

const OPINION: readonly RegExp[] = [
  /\b(?:do|don['’]t|would|did|wouldn['’]t) (?:you|u|ya|y['’]all)(?: \w+ly| guys)? (?:think|believe|feel|reckon|recommend|agree|prefer|like|say|consider|suggest|support|trust|fear|expect|suppose|condemn|blame)\b/iu,
  /\b(?:in|by) your (?:\w+ )?(?:opinion|view|judge?ment|estimation|experience|mind|eyes|book|words)\b|\byour (?:\w+ )?(?:opinions?|views?|take|stance|favou?rite|thoughts?|feelings?|position|verdict|honest|side|advice|recommendations?)\b|\b(?:what|how) do (?:you|people) (?:make|feel)\b|\b(?:you|u) think\b|\bif you (?:were|had to)\b|\bwhose side\b|\bbe honest\b/iu,
  /\b(?:is|isn['’]t|was|would) it (?:\w+ly |still |really |even )?(?:safe|wise|smart|sensible|worth\w*|a good (?:idea|time)|a bad idea|moral\w*|ethical\w*|dangerous|risky|advisable|justified|fair|a shame|wrong|right) (?:to|for|that|if)\b/iu,
  /\bhow safe (?:is|are)\b|\bsafe (?:to|for) (?:travel|visit|go|fly|drive|live|tourists?|me|us|foreigners|women|a)\b/iu,
  /^\W*(?:so |and |but )?(?:is|are|was|were|isn['’]t|aren['’]t|wasn['’]t|weren['’]t)\b.{1,60}\b(?:right|wrong|justified|stupid|smart|wise|foolish|crazy|correct|morally \w+|entitled) (?:to|in|when|about|for)\b/iu,
  /^\W*(?:so |and |but )?(?:is|are|was|were|isn['’]t|aren['’]t)\b.{1,60}\b(?:an? (?:really |very |truly )?(?:good|bad|great|terrible|evil|decent|nice|awful|wonderful|horrible|better|worse) \p{L}+|(?:evil|good or bad|the good guys?|the bad guys?|heroes|overrated|bad people|good people|stupid|cowards?|awesome|terrible|horrible))\W*$/iu,
  /\bwho(?:['’]s| is| are| was) (?:right|wrong|the (?:good|bad) guys?|better|worse|the real (?:terrorists?|enemy|villain))\W*$|\bwhich (?:side|group|one|country|party) (?:is|are) (?:right|wrong|better|worse|the good|more evil|more moral)\b/iu,
  /\b(?:anyone|anybody|someone|somebody)(?: here)? (?:got|have|knows?) (?:an?|any|some) (?:good|decent|nice|cheap|great)\b|^\W*what(?:['’]s| is| are) (?:an?|some) (?:good|decent|nice|cheap|great) \p{L}+/iu,
  /\b(?:can|could|would|does|do|did) (?:anyone|you|somebody|anybody|someone|any of you|u)(?: here| please)? (?:recommend|suggest|advise)\b|^\W*(?:please )?(?:recommend|suggest|advise)\b|\bany (?:recommendations?|suggestions|tips|advice|ideas) (?:for|on|about|where|how|what)\b/iu,
];
/** Whom an opinion is asked about: "should Pakistan talk to them". What reports say of markings begins alike. */
const SHOULD_WE =
  /^\W*(?:so |and |but |then )?(?:(?:what|how|who|why|where|when|which)\b.{0,30} )?(?:should|shouldn['’]t|ought) (?:the )?(?:i|we|you|people|world|west|government|state|army|military|police|international community|un|us|everyone|everybody|nobody|somebody|they|he|she)\b/iu;
const SHOULD = /^\W*(?:so |and |but |then )?(?:should|shouldn['’]t|ought|what should|how should) (?:the )?/iu;
const ACTORS = new Set(["place", "armed-group", "person", "government-body", "organisation"]);

/** Words that mean the moment of asking. A report is always of the past. */
const LIVE: readonly RegExp[] = [
  /\b(?:right now|rn|at (?:this|the) (?:very |present |exact )?(?:moment|minute|second)(?! (?:of|when|that|where|in|at|before|after|he|she|they|it)\b)|as we speak|tonight|tomorrow|(?<!the )yesterday|this (?:morning|afternoon|evening|week|weekend|month|hour|minute|very \w+)|(?<!the )last night|breaking news|just (?:now|happened|exploded|went off|heard|announced|occurred)|(?:an?|\d+|\w+) (?:minutes?|hours?|days?|weeks?) ago)\b/iu,
  /\b(?:in|over|during|within|for) the (?:last|past) (?:\w+ )?(?:hours?|minutes?|days?|weeks?|24|48|72)\b|\bso far (?:today|this (?:week|month))\b|(?<!the )\b(?:last|past) (?:week|weekend|month|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/iu,
  /\b(?:latest|newest|current|recent|live|any|breaking|todays) (?:news|updates?|headlines|situation|feed|stream|coverage|developments?)\b(?! (?:agency|agencies|outlet|report|reports|say|says|did|does))/iu,
  /\b(?:currently|now|still|presently) (?:happening|going on|under ?way|unfolding|ongoing|under attack|on fire|open|closed|blocked|shut|burning|fighting)\b|\bwhat(?:['’]s| is| are)(?: \w+)? (?:happening|going on|up)\b|\bis (?:\w+ ){1,4}(?:open|closed|blocked|shut|safe|down|up)(?: now| yet| again)?\W*$|\bhow (?:is|are) (?:the )?(?:situation|things|weather)\b/iu,
  /(?<!\p{L})(?:yesterday|tonight|tomorrow|this (?:morning|week))['’]s\b/iu,
  /(?<!\p{L})today['’]s (?!\p{Lu})/u,
];
/** Beside these "today" is the day of asking, not these times: "which country is a remnant of it today". */
const TODAY = /\btoday\b(?!['’]s)|^Today\b/u;
const EVENTS =
  /\b(?:happen\w*|attacks?|attacked|blasts?|bomb\w*|explo\w+|killed|died|dead|deaths?|casualt\w+|news|updates?|going on|strikes?|struck|clash\w*|injured|wounded|arrested|situation|announced|weather|open|closed|blocked|fighting|shooting|shot|raids?|incidents?|earlier|so far|until|commands?|leads?|in charge)\b/iu;
/** A year that only the asker's calendar knows. */
const YEAR = /(?<!\b(?:the|that|its|his|her|their|of) )\b(?:last|this|past) year\b(?!['’]s (?:report|edition|index))/iu;

const OTHER = "This asks for something other than what the reports say. Sitrep only quotes reports.";
const NO_VIEW = "This asks for an opinion or advice. Sitrep has none: it quotes what reports say.";
const NO_FORECAST =
  "This asks for a forecast. Reports tell of the past: ask what they say has happened, or who expects what.";
const NOW = "This asks about the present moment. Reports are of the past: ask about a date or a period.";
const NO_HELP =
  "This asks how to do something, which Sitrep does not help with. It only quotes what reports say of others.";
const TALK =
  "Sitrep answers questions over its reports and nothing else: ask about a group, an event, a place or a figure.";
const WHICH_YEAR = "A report does not know which year is meant: name the year.";

/** Why no report can tell, or null where one might. The form alone decides; linear in the length. */
export function unknowable(question: Question): Unknowable | null {
  const text = withoutChatForms(question);
  const is = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(text));
  if (is(HARMFUL)) return { reason: "not-a-question-for-reports", explanation: NO_HELP };
  if (OWN_DOINGS.test(text) && !OF_MARKINGS.test(text))
    return { reason: "not-a-question-for-reports", explanation: OTHER };
  if (is(SMALL_TALK)) return { reason: "not-a-question-for-reports", explanation: TALK };
  const isTold = ATTRIBUTED.test(text) || OF_MARKINGS.test(text);
  if (is(OPINION) || (!isTold && asksWhatOughtToBe(question))) {
    return { reason: "not-a-question-for-reports", explanation: NO_VIEW };
  }
  if (!isTold && is(FORECAST)) return { reason: "not-a-question-for-reports", explanation: NO_FORECAST };
  if (is(LIVE) || (TODAY.test(text) && EVENTS.test(text))) return { reason: "live-event", explanation: NOW };
  if (question.period === null && YEAR.test(text)) return { reason: "live-event", explanation: WHICH_YEAR };
  return null;
}

/** "Whats" as "what's". Other corrections are guesses: where no report has a "night", it would be a "might". */
function withoutChatForms({ text, tokens }: Question): string {
  let plain = "";
  let end = 0;
  for (const { start, end: next, surface } of tokens) {
    plain += text.slice(end, start) + (CHAT_FORMS.get(surface.toLowerCase()) ?? surface);
    end = next;
  }
  return plain + text.slice(end);
}

function asksWhatOughtToBe({ text, names }: Question): boolean {
  if (SHOULD_WE.test(text)) return true;
  const behind = SHOULD.exec(text)?.[0].length;
  return names.some(({ start, entries }) => start === behind && entries.some(({ kind }) => ACTORS.has(kind)));
}
