/** What the bot says in Urdu of subscriptions to briefings. */

import type { englishSubscriptions } from "./en-subscriptions.ts";

export const urduSubscriptions: typeof englishSubscriptions = {
  unsubscribe: "رکنیت ختم کریں",
};
