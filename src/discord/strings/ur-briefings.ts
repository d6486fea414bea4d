/** What the bot says in Urdu of briefings. */

import type { englishBriefings } from "./en-briefings.ts";
import { line, part } from "./right-to-left.ts";

export const urduBriefings: typeof englishBriefings = {
  commands: {
    brief: "بریفنگ: ایک صفحے پر تمام رپورٹیں، یا ایک موضوع، ہر سطر اقتباس کے ساتھ",
    briefSubject: "کوئی گروہ، جگہ، واقعہ یا موضوع؛ خالی چھوڑیں تو تمام رپورٹیں",
    briefSince: "صرف وہ جو رپورٹوں میں نیا ہے یا بدلا ہے",
    briefSinceLast: "میری پچھلی بریفنگ کے بعد سے",
    briefSubscribe: "نئی باتیں خود بخود حاصل کریں",
    briefSchedules: {
      weekly: "ہر ہفتے",
      "on-new-reports": "جب رپورٹیں نئی ہوں یا بدلیں",
      list: "میری رکنیتیں دکھائیں",
    },
    briefChannel: "منتظمین: مجھے نہیں، اس چینل میں بھیجیں",
  },

  help: line`**نئے آئے ہیں؟** ${"/brief"} دکھاتا ہے کہ رپورٹیں کیا کہتی ہیں، سب کی سب یا ایک موضوع پر؛ ہر سطر اقتباس ہے۔ ${"since"} کے ساتھ وہ دکھاتا ہے جو تمام رپورٹوں پر آپ کی پچھلی بریفنگ کے بعد نیا ہے؛ ایک موضوع کی بریفنگ اس میں شمار نہیں ہوتی۔`,

  briefings: {
    title: (subject) => line`بریفنگ: ${subject}`,
    corpusTitle: line`بریفنگ: تمام رپورٹیں`,
    newsTitle: line`رپورٹوں میں نیا کیا ہے`,
    newsTitleOn: (subject) => line`رپورٹوں میں نیا کیا ہے: ${subject}`,
    since: (time) => part`${time} کے بعد سے`,
    sections: {
      covers: "رپورٹیں کس بارے میں ہیں",
      actors: "اہم کردار",
      what: "یہ کیا ہے",
      "key-facts": "اہم حقائق",
      added: "نئی باتیں",
      altered: "بدلی ہوئی باتیں",
      contradicted: "متضاد باتیں",
      figures: "اعداد و شمار",
      timeline: "واقعات بہ ترتیبِ زمانہ",
      relations: "دوسروں سے تعلقات",
      disagreements: "مآخذ کا اختلاف",
      unverified: "کیا غیر مصدقہ ہے",
      reading: "کیا پڑھیں",
    },
    continued: (section) => line`${section} (جاری)`,
    alsoKnownAs: (names) => part`دوسرے نام: ${names}`,
    reports: (quoted, usable) =>
      part`${usable.toLocaleString("en")} میں سے ${quoted.toLocaleString("en")} رپورٹوں کے اقتباسات`,
    publishers: (names) => part`ناشر: ${names}`,
    morePublishers: (count) => part`مزید ${count.toLocaleString("en")}`,
    published: (period) => part`اشاعت: ${period}`,
    grades: (grades) => part`اعتبار: ${grades}`,
    markings: (markings) => part`نشان: ${markings}`,
    unmarked: "بغیر نشان",
    share: (of, reports) => part`${of} (${reports.toLocaleString("en")} رپورٹیں)`,
    contents: (list) => line`**اس میں:** ${list}`,
    neutral: line`ہر سطر کسی رپورٹ کا اقتباس ہے۔ ${"Sitrep"} اقتباس پیش کرتا ہے؛ یہ فیصلہ نہیں کرتا کہ کون درست ہے۔`,
    asOf: (time) => line`رپورٹوں کی حالت: ${time}`,
    missing: (list) => line`**اس بریفنگ میں نہیں:** ${list} (اس کے لیے ایسا کچھ نہیں ملا جو اس میں کہیں اور نہ آیا ہو)`,
    jump: "کسی حصے پر جائیں",
    sourcesTitle: "اس بریفنگ کے مآخذ",

    according: (who) => part`${who} کے مطابق`,
    noTime: part`رپورٹ میں وقت نہیں`,
    up: (base) => part`اضافہ، ${base} کے مقابلے میں`,
    down: (base) => part`کمی، ${base} کے مقابلے میں`,
    upOfUnknown: part`اضافہ؛ رپورٹ نہیں بتاتی کہ کس کے مقابلے میں`,
    downOfUnknown: part`کمی؛ رپورٹ نہیں بتاتی کہ کس کے مقابلے میں`,
    rows: line`ہر سطر ایک جملے سے لی گئی ہے؛ اس کے نمبر والا سیاق و سباق کا بٹن وہ جملہ دکھاتا ہے۔`,

    oneSide: line`**ایک جانب:**`,
    otherSide: line`**دوسری جانب:**`,

    why: (list) => line`کیوں: ${list}`,
    quotedTimes: (times) => part`یہاں ${times.toLocaleString("en")} بار اقتباس`,
    reliable: (reliability) => part`یہاں کسی کا درجہ اس سے بہتر نہیں: ${reliability}`,
    reasons: {
      newest: part`یہاں سب سے نئی`,
      "other-view": part`دوسروں سے مختلف رائے`,
      broad: part`اس پر سب سے تفصیلی`,
    },

    changes: { added: "نئی", changed: "بدلی ہوئی", removed: "ہٹائی گئی" },
    change: (kind, title, date) => line`**${kind} رپورٹ:** ${title} (${date})`,
    moreReports: (count) => line`اور مزید ${count.toLocaleString("en")}`,
    nothingNew: "رپورٹوں میں نہ کچھ نیا ہے اور نہ کچھ بدلا ہے۔",
    nothingToQuote: "ان میں اس بارے میں کوئی نئی بات نہیں۔",
    firstTime: line`یہاں تمام رپورٹوں پر آپ کی کوئی بریفنگ نہیں ہوئی، اس لیے کچھ چھوڑا نہیں گیا۔ اگلی بار صرف نئی باتیں دکھائی جائیں گی۔`,
    whole: "پوری بریفنگ",

    corpusButton: "تمام رپورٹوں کی بریفنگ",
    nothingTitle: (subject) => line`بریفنگ نہیں ہے: ${subject}`,
    nothing: "رپورٹیں اس بارے میں بہت کم بتاتی ہیں۔",
    nearest: line`**رپورٹوں میں اس کے قریب ترین:**`,
    briefOn: line`**بریفنگ کا موضوع چنیں:**`,

    channelAlone: line`آپشن ${"channel"} صرف ${"subscribe"} کے ساتھ چلتا ہے: بریفنگ صرف آپ کو دکھائی جاتی ہے، اور شیئر کا بٹن اسے دوسروں کو دکھاتا ہے۔`,
  },
};
