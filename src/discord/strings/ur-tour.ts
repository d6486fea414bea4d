/** What the bot says in Urdu on the guided tour. */

import type { englishTour } from "./en-tour.ts";

export const urduTour: typeof englishTour = {
  commands: {
    start: "پانچ قدموں کا تعارف: یہ کیا ہے، اور اسے کیسے پڑھیں",
    startPost: "منتظمین: اس چینل میں تعارف کا پیغام لگائیں",
  },

  tour: {
    title: "یہاں سے شروع کریں",
  },
};
