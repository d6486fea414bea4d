/** What the bot says in Urdu of subscriptions to briefings. */

import type { englishSubscriptions } from "./en-subscriptions.ts";
import { line, part } from "./right-to-left.ts";

export const urduSubscriptions: typeof englishSubscriptions = {
  unsubscribe: "رکنیت ختم کریں",
  resubscribe: "دوبارہ رکنیت لیں",

  subscribed: "نئی باتوں کی رکنیت مل گئی",
  already: "یہ رکنیت پہلے سے موجود ہے",
  ended: "رکنیت ختم ہو گئی",
  again: "رکنیت دوبارہ مل گئی",
  list: "اس سرور میں آپ کی رکنیتیں",
  listEmpty: line`یہاں آپ کی کوئی رکنیت نہیں۔ ${"/brief"} اور ${"subscribe"} سے لی جا سکتی ہے۔`,
  listMore: (count) => line`اور مزید ${count.toLocaleString("en")}`,

  all: line`**کیا:** تمام رپورٹیں`,
  on: (subject) => line`**کیا:** ${subject}`,
  direct: line`**کہاں:** آپ کو براہِ راست پیغام`,
  channel: (channel) => line`**کہاں:** ${channel}`,
  weekly: (time) => line`**کب:** ہر ہفتے، اگلی بار ${time}`,
  onNewReports: (minutes) =>
    line`**کب:** جب رپورٹیں نئی ہوں یا بدلیں، اور اس کے بعد ${minutes.toLocaleString("en")} منٹ تک ویسی ہی رہیں`,
  nothing: "جب کچھ نیا نہ ہو، کچھ نہیں بھیجا جاتا۔",
  endedHint: line`اب کچھ نہیں بھیجا جائے گا۔ ${30} دن تک یہ بحال ہو سکتی ہے؛ پھر وہ بھی بتائے گی جو اس دوران آیا۔`,

  hello: (server) => line`${server} کی رپورٹوں میں جو کچھ نیا ہو گا، وہ آپ کے کہنے پر یہاں آئے گا۔`,
  why: (server) => line`یہ آپ کو اس لیے ملا کہ آپ نے ${server} میں اس کی رکنیت لی۔`,
  whyChannel: "اس چینل کے لیے اس کی رکنیت لی گئی ہے۔ منتظمین اسے ختم کر سکتے ہیں۔",
  more: (count, server) =>
    line`مزید اقتباسات: ${count.toLocaleString("en")}۔ ${server} میں ${"/brief"} کو ${"since"} کے ساتھ استعمال کریں۔`,

  tooMany: (most) => line`یہاں آپ کی ${most} رکنیتیں ہیں، اس سے زیادہ ممکن نہیں۔ پہلے کوئی ایک ختم کریں۔`,
  notModerator: line`چینل میں صرف منتظمین بھجوا سکتے ہیں۔ ${"channel"} خالی چھوڑیں تو یہ آپ کو براہِ راست پیغام میں ملے گا۔`,
  noChannel: "بوٹ اس چینل کو نہیں جانتا، یا اس قسم کے چینل میں پیغام نہیں لکھ سکتا۔",
  cannotPost: (missing, channel) => line`بوٹ ${channel} میں پیغام نہیں لکھ سکتا۔ وہاں اسے یہ اجازت نہیں: ${missing}۔`,
  youCannotPost: (channel) => line`آپ خود ${channel} میں پیغام نہیں لکھ سکتے۔`,
  permissions: {
    ViewChannel: part`چینل دیکھنا`,
    SendMessages: part`پیغام بھیجنا`,
    ReadMessageHistory: part`پرانے پیغام پڑھنا`,
  },
  closed:
    "ڈسکورڈ بوٹ کو آپ کو لکھنے نہیں دیتا، اس لیے کوئی رکنیت نہیں دی گئی۔ اس سرور کی رازداری کی ترتیبات میں براہِ راست پیغامات کی اجازت دیں، اور دوبارہ کوشش کریں۔",
  notKept: "رکنیتیں اس وقت محفوظ نہیں کی جا سکتیں۔ کسی منتظم کو بوٹ دیکھنا ہو گا۔",
  unknown: line`یہ رکنیت اب موجود نہیں۔ ${"/brief"} اور ${"subscribe"} سے نئی لی جا سکتی ہے۔`,
  notYours: "یہ رکنیت وہی بدل سکتا ہے جس نے اسے لیا؛ چینل کی رکنیت اس سرور کے منتظمین۔",
};
