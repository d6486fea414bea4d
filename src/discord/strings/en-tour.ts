/** What the bot says in English on the guided tour. */

export const englishTour = {
  commands: {
    start: "A guided tour in five steps: what this is, and how to read it",
    startPost: "Moderators: post a “Start here” message in this channel",
  },

  tour: {
    title: "Start here",
  },
};
