/** What the bot says in English of subscriptions to briefings. */

export const englishSubscriptions = {
  unsubscribe: "Unsubscribe",
};
