/** /start: the guided tour, private to each member, and going on where they left it. */

import { type ChatInputCommandInteraction, MessageFlags } from "discord.js";
import type { Claim } from "../../domain/answer.ts";
import type { Subject } from "../../domain/briefing.ts";
import { SitrepError } from "../../domain/errors.ts";
import { TOUR_END } from "../custom-id.ts";
import { describe } from "../faults.ts";
import { messageOf, SINGLE_PAGE } from "../pages.ts";
import type { BotParts } from "../parts.ts";
import { type Answerable, promise, promiseUpdate, show } from "../replies.ts";
import type { Strings } from "../strings.ts";
import { type CorpusSummary, summaryOf } from "../views/corpus-summary.ts";
import { isFull, isShowable, type Sample, type TourMaterial, tourView } from "../views/tour.ts";
import { postStartHere } from "./start-post.ts";

/** Questions whose answers a quote is looked for in. */
const SAMPLE_QUESTIONS = 3;
const TRIES = 3;

export async function onStart(
  parts: BotParts,
  interaction: ChatInputCommandInteraction<"cached">,
  strings: Strings,
): Promise<void> {
  const channel = interaction.options.getChannel("post");
  if (channel === null) await showStep(parts, interaction, 0, strings);
  else await postStartHere(parts, interaction, channel, strings);
}

/**
 * Shows a step: in the place of the one before, where the button is one of the member's own tour, else in a message
 * of its own, which nobody else sees.
 * @param step 1 to 5; 0: where the member left the tour; TOUR_END: it is done.
 */
export async function showStep(
  parts: BotParts,
  interaction: Answerable,
  step: number,
  strings: Strings,
): Promise<void> {
  const isOwnTour = step > 0 && interaction.isButton() && interaction.message.flags.has(MessageFlags.Ephemeral);
  if (isOwnTour) await promiseUpdate(interaction);
  else await promise(interaction, true);
  const { at, arrival } = step > 0 ? { at: step, arrival: null } : arrivalOf(lastStepOf(parts, interaction));
  const material = await materialFor(at, parts, interaction.user.id, strings);
  // Before it is shown: whoever goes on at once is known to be here.
  noteStep(parts, interaction, at);
  await show(parts, interaction, messageOf(tourView(at, { ...material, arrival }, strings), 0, SINGLE_PAGE));
}

/** Where somebody comes in who was at a step last. */
function arrivalOf(last: number | null): { readonly at: number; readonly arrival: TourMaterial["arrival"] } {
  if (last === null || last <= 1) return { at: 1, arrival: null };
  return last >= TOUR_END ? { at: 1, arrival: "finished-before" } : { at: last, arrival: "resumed" };
}

/** null before the first, and where nothing is remembered. */
function lastStepOf({ members, logger }: BotParts, { guildId, user }: Answerable): number | null {
  try {
    return members?.tourStep(guildId, user.id) ?? null;
  } catch (fault) {
    logger.error({ fault: describe(fault) }, "Where a member left the tour could not be read");
    return null;
  }
}

function noteStep({ members, logger }: BotParts, { guildId, user }: Answerable, step: number): void {
  try {
    members?.noteTourStep(guildId, user.id, step);
  } catch (fault) {
    logger.error({ fault: describe(fault) }, "A step of the tour could not be noted");
  }
}

/** What a step needs, and nothing that it does not. */
async function materialFor(
  step: number,
  parts: BotParts,
  memberId: string,
  strings: Strings,
): Promise<Omit<TourMaterial, "arrival">> {
  const { sitrep, turns, config } = parts;
  const corpus = await corpusOf(parts);
  const needs = (at: number) => step === at && corpus !== null;
  // What asks something takes its turn with what members ask.
  const sample = async () => await turns.take(memberId, () => sampleOf(parts, strings)).result;
  return {
    corpus,
    sample: needs(2) ? await orElse(parts, null, sample) : null,
    subjects: needs(4) ? await orElse(parts, [], () => mainSubjects(parts)) : [],
    questions: needs(5) ? await orElse(parts, [], () => sitrep.suggest(null, TRIES)) : [],
    mentions: config.mentions,
  };
}

/** null where there are no reports yet. */
async function corpusOf({ catalogue }: BotParts): Promise<CorpusSummary | null> {
  try {
    return summaryOf(await catalogue.reports());
  } catch (fault) {
    if (fault instanceof SitrepError && fault.code === "index-missing") return null;
    throw fault;
  }
}

/** A step stands without what cannot be had just now. */
async function orElse<T>({ logger }: BotParts, otherwise: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    logger.warn({ fault: describe(fault) }, "A step of the tour is shown without its example");
    return otherwise;
  }
}

/** A quote that stands in its report now; one with all the parts of a citation, where there is one. */
async function sampleOf({ sitrep }: BotParts, strings: Strings): Promise<Sample | null> {
  const found: Sample[] = [];
  const add = (question: string | null, claims: readonly Claim[]) => {
    const samples = claims.flatMap((claim) => claim.citations.map((citation) => ({ question, claim, citation })));
    found.push(...samples.filter((sample) => isShowable(sample, strings)));
  };
  for (const question of await sitrep.suggest(null, SAMPLE_QUESTIONS)) {
    const { answer } = await sitrep.ask(question, { trace: false });
    if (answer.kind === "answer") add(question, answer.claims);
    if (found.some(isFull)) break;
  }
  // Soon after a start no question may have been tried yet.
  if (found.length === 0) {
    const result = await sitrep.brief(null);
    if (result.kind === "briefing") {
      add(
        null,
        result.briefing.sections.flatMap(({ lines }) => lines),
      );
    }
  }
  const sample = found.find(isFull) ?? found[0];
  if (sample === undefined) return null;
  const [stands] = await sitrep.verify([sample.citation.quote]);
  return stands === true ? sample : null;
}

/**
 * Names before headings: a heading of a report says less to who does not know it. Of two with an alias in common, which
 * would show much the same, the first.
 */
async function mainSubjects({ sitrep }: BotParts): Promise<readonly string[]> {
  const subjects = await sitrep.subjects();
  const ofKind = (wanted: Subject["kind"]) => subjects.filter(({ kind }) => kind === wanted);
  const taken = new Set<string>();
  return [...ofKind("name"), ...ofKind("heading")].flatMap(({ name, aliases }) => {
    const known = [name, ...aliases].map((each) => each.toLowerCase());
    const isTaken = known.some((each) => taken.has(each));
    for (const each of known) taken.add(each);
    return isTaken ? [] : [name];
  });
}
