/** What the bot says of answers in Urdu, with the entries of English. */

import type { AbstentionReason } from "../../domain/answer.ts";
import type { englishAnswers } from "./en-answers.ts";
import { line, part } from "./right-to-left.ts";

const reasons: Readonly<Record<AbstentionReason, string>> = {
  "empty-question": "کوئی سوال نہیں کیا گیا۔",
  "not-a-question-for-reports": "یہ ایسی بات نہیں جس کا جواب رپورٹیں دے سکیں۔",
  "too-vague": "سوال سے واضح نہیں ہوتا کہ کیا پوچھا جا رہا ہے۔",
  underspecified: "اس سوال کے ایک سے زیادہ مطلب ہو سکتے ہیں۔",
  "nothing-near": "کسی رپورٹ میں اس کا ذکر نہیں۔",
  "name-not-in-reports": "سوال کا کوئی نام یا لفظ کسی رپورٹ میں نہیں۔",
  "period-not-covered": "رپورٹیں کسی اور وقت کی بات کرتی ہیں۔",
  "asked-detail-missing": "رپورٹوں میں اس کا ذکر ہے، مگر پوچھی گئی تفصیل کا نہیں۔",
  "weak-support": "رپورٹوں میں ایسی کوئی بات نہیں جو کسی جواب کی کافی تائید کرے۔",
  "live-event": "رپورٹیں ماضی کی ہوتی ہیں؛ یہ سوال موجودہ لمحے کے بارے میں ہے۔",
};

export const urduAnswers: typeof englishAnswers = {
  claim: {
    periods: {
      months: [
        ...["جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون"],
        ...["جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر"],
      ],
      to: "تا",
    },
    asOf: {
      quote: (period) => part`یہ بات ${period} کی ہے`,
      heading: (period) => part`یہ بات ${period} کی ہے (سیاق و سباق سے)`,
      report: (period) => part`رپورٹ ${period} کے بارے میں ہے؛ اقتباس میں تاریخ نہیں`,
    },
    older: (time) => line`**پرانا عدد:** ${time}؛ رپورٹوں میں اس سے نیا عدد موجود ہے`,
    attributed: (who) => part`${who} کے مطابق، جن کا حوالہ اس رپورٹ نے دیا ہے`,
    attributedToNobody: part`کسی ایسے ذریعے کے مطابق جس کا نام رپورٹ میں نہیں`,
    relayed: (who) => part`منقول: رپورٹ نے یہ بات ${who} سے نقل کی ہے`,
    relayedFromNobody: part`منقول: رپورٹ نے یہ بات کسی اور ماخذ سے نقل کی ہے`,
    comparedWith: (written, base) => part`${written}: یہ تبدیلی ${base} کے مقابلے میں ہے`,
    baseNotSaid: (written) => part`${written}: یہ نہیں بتایا گیا کہ تبدیلی کس کے مقابلے میں ہے`,
    opinionOf: (who) => line`**${who} کی رائے، نہ کہ تحقیقی نتیجہ**`,
    opinion: line`**یہ رائے ہے، نہ کہ تحقیقی نتیجہ**`,
    premise: (asked, quote) =>
      line`**رپورٹیں کچھ اور کہتی ہیں:** سوال میں "${asked}" کو درست مان لیا گیا ہے؛ اقتباس ${`[${quote}]`} اس کے برعکس ہے۔`,
  },

  disagreement: {
    title: (about) => line`**رپورٹوں میں اختلاف ہے:** ${about}`,
    titleIn: (about, period) => line`**رپورٹوں میں اختلاف ہے:** ${about} (${period})`,
    counted: (rule) => part`شمار میں شامل: ${rule}`,
    neutral: "یہاں ان میں سے کسی کو درست قرار نہیں دیا گیا؛ دیکھیں کہ کس نے گنا اور کیا گنا۔",
    more: (count) => line`اور مزید ${count.toLocaleString("en")}`,
  },

  abstention: {
    title: "ان رپورٹوں میں جواب نہیں ہے",
    reasons,
    inEnglish: (example) => line`سوال صرف انگریزی میں سمجھے جاتے ہیں۔ مثلاً: ${example}`,
    near: line`**جواب نہیں، مگر قریب کی عبارتیں:**`,
    suggestions: line`**رپورٹیں ان سوالوں کا جواب دیتی ہیں:**`,
    didYouMean: line`**کیا آپ کا مطلب یہ تھا؟**`,
  },

  unmet: {
    title: line`**اس سوال کے لیے یہ نہیں ملا:**`,
    name: (surface) => line`یہ نام: "${surface}"`,
    period: (surface) => line`یہ وقت: "${surface}"`,
    figure: (surface) => line`یہ عدد: "${surface}"`,
    word: (surface) => line`"${surface}"، اس معنی میں جو پوچھا گیا`,
    detail: (wanted) => line`پوچھی گئی بات: ${wanted}`,
    details: {
      number: "کوئی عدد",
      share: "تناسب یا فرق",
      date: "تاریخ",
      person: "کسی شخص کا نام",
      group: "کسی گروہ کا نام",
      place: "کوئی جگہ",
      definition: "یہ کہ وہ کیا ہے",
      list: "کوئی فہرست",
      "yes-no": "ہاں یا نہیں",
      reason: "کوئی وجہ",
      statement: "کسی کا بیان",
      other: "یہ تفصیل",
    },
    more: (count) => line`اور مزید ${count.toLocaleString("en")}`,
  },
};
