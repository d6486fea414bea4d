/** The state of the index, also where there is none. */

import { SitrepError } from "../domain/errors.ts";
import type { Status } from "../domain/service.ts";
import type { BotParts } from "./parts.ts";

/** null where nothing has been ingested yet. @throws {SitrepError} any other fault of Sitrep. */
export async function statusOf({ sitrep }: Pick<BotParts, "sitrep">): Promise<Status | null> {
  try {
    return await sitrep.status();
  } catch (fault) {
    if (fault instanceof SitrepError && fault.code === "index-missing") return null;
    throw fault;
  }
}
