/** When a subscription is due. */

import type { WeeklyTime } from "../config.ts";
import type { Subscription } from "../domain/members.ts";
import type { Status } from "../domain/service.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEK = 7 * DAY;
/** After a delivery that could not be made, the time until the next one is tried. */
const FAILURE_PAUSE = 60 * MINUTE;

/** The last time of the week that is not after `now`. */
export function lastWeekly({ weekday, hour, minute }: WeeklyTime, now: Date): Date {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const thisWeek = midnight + (weekday - now.getUTCDay()) * DAY + (hour * 60 + minute) * MINUTE;
  return new Date(thisWeek > now.getTime() ? thisWeek - WEEK : thisWeek);
}

/** The first time of the week after `now`. */
export function nextWeekly(at: WeeklyTime, now: Date): Date {
  return new Date(lastWeekly(at, now).getTime() + WEEK);
}

export interface Moment {
  readonly now: Date;
  readonly weeklyAt: WeeklyTime;
  readonly settleSeconds: number;
  /** Of the newest snapshot. */
  readonly reports: Pick<Status, "snapshot" | "createdAt">;
}

/** Whether it is time to look what is new for a subscription. One that fell due while the bot was off is due once. */
export function isDue(subscription: Subscription, moment: Moment): boolean {
  const { schedule, lookedAt } = subscription;
  const { now, weeklyAt } = moment;
  if (hasJustFailed(subscription, now)) return false;
  if (schedule === "weekly") return Date.parse(lookedAt) < lastWeekly(weeklyAt, now).getTime();
  return isNews(subscription, moment) && isSettled(moment);
}

/** Whether a delivery could not be made less than an hour ago. */
export function hasJustFailed({ failedAt }: Pick<Subscription, "failedAt">, now: Date): boolean {
  return failedAt !== null && isWithin(Date.parse(failedAt), now, FAILURE_PAUSE);
}

/** Whether the reports may have changed since what a subscription told last. A new index may count from 1 again. */
export function isNews({ told }: Subscription, { reports }: Pick<Moment, "reports">): boolean {
  return told.snapshot !== reports.snapshot || told.createdAt !== reports.createdAt;
}

function isSettled({ reports, now, settleSeconds }: Moment): boolean {
  return !isWithin(Date.parse(reports.createdAt), now, settleSeconds * 1000);
}

/** Whether less than so many milliseconds have passed since then. A time to come is of a clock that was wrong. */
function isWithin(then: number, now: Date, milliseconds: number): boolean {
  const passed = now.getTime() - then;
  return passed >= 0 && passed < milliseconds;
}
