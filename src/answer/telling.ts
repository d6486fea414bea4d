/** Words that say that something is told, and such as reports leave out or add as they like. */

import { terms } from "./count-words.ts";

/** Words that tell that something is told: any of them will do for any other. */
export const TELLING = terms(
  "count counted record recorded register registered log logged tally put report reported say said says found find estimate estimated cite cited note noted give gave relay relayed document documented data show shows showed total accord according attribute attributed state stated publish published see saw seen there account accounts claim carry carried out conduct conducted happen took place was were kick number numbers statistics level",
);
/** Words that reports leave out or add as they like. */
export const LOOSE = terms(
  "militant terror terrorist terrorism overall nationwide people person persons alone roughly estimated an still meanwhile reportedly alleged allegedly group team un official",
);
