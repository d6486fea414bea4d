/** What the bot says in Urdu of briefings. */

import type { englishBriefings } from "./en-briefings.ts";

export const urduBriefings: typeof englishBriefings = {
  commands: {
    brief: "بریفنگ: ایک صفحے پر تمام رپورٹیں، یا ایک موضوع، ہر سطر اقتباس کے ساتھ",
    briefSubject: "کوئی گروہ، جگہ، واقعہ یا موضوع؛ خالی چھوڑیں تو تمام رپورٹیں",
    briefSince: "صرف وہ جو رپورٹوں میں نیا ہے یا بدلا ہے",
    briefSinceLast: "میری پچھلی بریفنگ کے بعد سے",
    briefSubscribe: "نئی باتیں خود بخود حاصل کریں",
    briefSchedules: {
      weekly: "ہر پیر کو",
      "on-new-reports": "جب رپورٹیں نئی ہوں یا بدلیں",
      list: "میری رکنیتیں دکھائیں",
    },
    briefChannel: "منتظمین: مجھے نہیں، اس چینل میں بھیجیں",
  },

  briefings: {
    title: (subject: string) => `بریفنگ: ${subject}`,
  },
};
