/** The closed classes of English words by which a follow-up is told from a question that stands on its own. */

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

export const AUXILIARIES = words(
  "did does do was were is are am has have had can could will would shall should may might must",
);
export const BE_FORMS = words("was were is are am be been being");
export const QUESTION_STARTS = words("who whom whose what which when where why how");
export const DETERMINERS = words("the a an");
export const CONJUNCTIONS = words("and or but nor plus also only just");

/** Prepositions by which a place follows. */
export const PLACE_PREPOSITIONS = words("in at near from across inside around into within outside through over");
export const PREPOSITIONS = words(`${[...PLACE_PREPOSITIONS].join(" ")} by for against about of with without to on upon
between toward towards among amongst during since until till before after under per via like than regarding concerning
throughout behind versus`);

/** Words by which somebody is said to have said something. */
export const SAYING = words(`say says said saying claim claims claimed state states stated argue argues argued respond
responds responded reply replied react reacts reacted think thinks deny denies denied allege alleges alleged accuse accuses
accused report reports reported write writes wrote describe describes described tell tells told warn warns warned find finds
found conclude concludes concluded call calls called want wants demand demands demanded view views reject rejects rejected`);
/** Words by which a source counts: a group that is counted does not take the place of the one who counts. */
export const COUNTING =
  words(`count counts counted record records recorded estimate estimates estimated register registers
registered log logs logged tally tallied document documents documented give gave put puts report reported 
track tracks tracked attribute attributes attributed`);

/** Participles of what befalls people: "how about the injured?" changes them, and not what is counted. */
export const HARMED = words(`killed injured wounded hurt arrested captured detained displaced dead kidnapped abducted
missing executed released freed rescued evacuated deported infected hospitalised hospitalized`);

export const EVENT_NOUNS = words(`attack bombing blast explosion massacre raid assault ambush incident strike operation
battle war siege hijacking shooting earthquake flood outbreak crash election summit protest coup hack breach spill`);
export const GROUP_NOUNS = words(`group organisation organization faction outfit movement party network militia army
brigade front cartel gang company agency ministry institute council union force forces bank committee police navy team
association authority foundation commission guard corps league alliance syndicate`);
export const DOCUMENT_NOUNS = words("report index survey act treaty agreement protocol review study document digest");
export const PLACE_NOUNS =
  words(`country province region place area city district town village state island county river
gulf sea lake valley mountain port coast basin strip peninsula desert`);
export const PERSON_NOUNS = words(
  "person man woman leader spokesman spokeswoman spokesperson minister president official",
);
export const TIME_NOUNS = words("year month period time day week quarter");
export const TITLES = words(`mr mrs ms dr general colonel captain major president minister commander sheikh mullah king
queen prince senator judge professor mufti maulana ambassador secretary chancellor governor`);

/** What people put before a follow-up, and after it, without meaning anything by it. */
export const OPENERS =
  /^(?:(?:and|but|so|ok(?:ay)?|well|also|then|now|hm+|thanks(?: a lot)?|thank you|thx|cool|great|nice|right|alright|wow|interesting|i see|got it|oh|ah|hey|hi|sorry|actually|yes|no|please|plus|good|perfect|btw|by the way)(?![\p{L}\p{N}'’-])[\s,.!…:;–-]*)/iu;
export const CLOSERS =
  /[\s,]+(?:please|pls|then|too|as well|instead|though|also|thanks|thank you|again|specifically|together|combined|only)$/iu;
export const POINTERS = /^(?:what|how|and) about(?![\p{L}\p{N}])[\s,:]*/iu;
