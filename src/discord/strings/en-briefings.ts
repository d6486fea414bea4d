/** What the bot says in English of briefings. */

export const englishBriefings = {
  commands: {
    brief: "Brief me: the whole corpus on one page, or one subject, every line quoted",
    briefSubject: "An actor, place, event or theme; leave it out for the whole corpus",
    briefSince: "Only what is new or changed in the reports",
    briefSinceLast: "since my last briefing",
    briefSubscribe: "Get what is new by itself",
    briefSchedules: {
      weekly: "every Monday",
      "on-new-reports": "when reports are new or changed",
      list: "show what I have subscribed to",
    },
    briefChannel: "Moderators: post it in this channel and not to me",
  },

  briefings: {
    title: (subject: string) => `Briefing: ${subject}`,
  },
};
