/**
 * Everything that the bot says in Urdu, with the entries of English. Commands, ids, dates, markings and the reports'
 * own words stay in Latin script: see `right-to-left.ts`.
 */

import type { Confidence } from "../../domain/answer.ts";
import type { Verdict } from "../../domain/check.ts";
import type { ErrorCode } from "../../domain/errors.ts";
import type { Progress } from "../../domain/ingest.ts";
import type { DerivableField, Reliability, ReportKind } from "../../domain/report.ts";
import type { Strings } from "./en.ts";
import { line, part } from "./right-to-left.ts";
import { urduAnswers } from "./ur-answers.ts";
import { urduBriefings } from "./ur-briefings.ts";
import { urduSubscriptions } from "./ur-subscriptions.ts";
import { urduTour } from "./ur-tour.ts";

/** "1 رپورٹ", "2,041 رپورٹیں". */
function counted(count: number, one: string, several: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
}

const reports = (count: number) => counted(count, "رپورٹ", "رپورٹیں");
const passages = (count: number) => counted(count, "عبارت", "عبارتیں");
const statements = (count: number) => counted(count, "بیان", "بیانات");
const independent = (count: number) => counted(count, "آزاد ماخذ", "آزاد مآخذ");
const seconds = (count: number) => counted(count, "سیکنڈ", "سیکنڈ");
const pages = (count: number) => counted(count, "صفحہ", "صفحات");

/** The forms of a date, from a year to a day. */
const DATES = ["2025", "2025-03", "2025-03-31"] as const;
/** The label of a button that other texts speak of. */
const FOLLOW_UP = "ضمنی سوال پوچھیں";

const confidence: Readonly<Record<Confidence, string>> = { high: "زیادہ", medium: "درمیانہ", low: "کم" };

const reliability: Readonly<Record<Reliability, string>> = {
  A: "مکمل طور پر قابلِ اعتبار",
  B: "عموماً قابلِ اعتبار",
  C: "خاصی حد تک قابلِ اعتبار",
  D: "عموماً قابلِ اعتبار نہیں",
  E: "ناقابلِ اعتبار",
  F: "اعتبار کا تعین ممکن نہیں",
};

const kinds: Readonly<Record<ReportKind, string>> = {
  "un-report": part`اقوامِ متحدہ کی رپورٹ`,
  "think-tank": part`تھنک ٹینک`,
  government: part`سرکاری`,
  news: part`خبر`,
  "op-ed": part`رائے پر مبنی مضمون: دعوے، نہ کہ تحقیقی نتائج`,
  reference: part`حوالہ جاتی مواد`,
  unknown: part`قسم نامعلوم`,
};

const fields: Readonly<Record<DerivableField, string>> = {
  title: "عنوان",
  publisher: "ناشر",
  author: "مصنف",
  published: "تاریخ",
  language: "زبان",
  url: "ویب پتا",
};

const verdicts: Readonly<Record<Verdict, string>> = {
  supported: line`✅ تائید شدہ: ایک رپورٹ میں یہی لکھا ہے`,
  contradicted: line`⚠️ مختلف عدد: ایک رپورٹ کوئی اور عدد دیتی ہے؛ دیکھیں کہ دونوں میں کیا گنا گیا ہے`,
  "not-found": line`❔ نہیں ملا: ایسا کوئی جملہ نہیں ملا جو یہ کہتا ہو؛ اس سے بات غلط ثابت نہیں ہوتی`,
};

const faults: Readonly<Record<ErrorCode, string>> = {
  "bad-input": "یہ درخواست اس شکل میں قابلِ عمل نہیں۔",
  "bad-config": "بوٹ کی ترتیبات درست نہیں۔ کسی منتظم کو انہیں دیکھنا ہو گا۔",
  "bad-corpus": "رپورٹوں کا فولڈر پڑھا نہیں جا سکتا۔ کسی منتظم کو اسے دیکھنا ہو گا۔",
  "index-missing": line`ابھی کوئی رپورٹ شامل نہیں کی گئی۔ منتظمین ${"/reindex"} سے ایسا کر سکتے ہیں۔`,
  "index-unusable": line`رپورٹوں کا اشاریہ قابلِ استعمال نہیں۔ منتظمین ${"/reindex"} سے اسے دوبارہ بنا سکتے ہیں۔`,
  "model-unusable": "تلاش کا ماڈل قابلِ استعمال نہیں۔ کسی منتظم کو اسے دیکھنا ہو گا۔",
  "provider-failed": "تلاش کے ماڈل کی سروس نے جواب نہیں دیا۔ ایک منٹ بعد دوبارہ کوشش کریں۔",
  busy: "کوئی اور پروسیس اس وقت رپورٹوں میں تبدیلی کر رہا ہے۔ ایک منٹ بعد دوبارہ کوشش کریں۔",
  cancelled: "یہ کام روک دیا گیا۔",
};

const phases: Readonly<Record<Progress["phase"], string>> = {
  look: "فائلوں کا جائزہ لیا جا رہا ہے",
  read: "فائلیں پڑھی جا رہی ہیں",
  embed: "عبارتیں تلاش کے لیے تیار کی جا رہی ہیں",
  index: "اشاریہ بنایا جا رہا ہے",
  write: "اشاریہ محفوظ کیا جا رہا ہے",
};

export const urdu: Strings = {
  ...urduAnswers,
  briefings: urduBriefings.briefings,
  subscriptions: urduSubscriptions,
  tour: urduTour.tour,

  commands: {
    ask: "رپورٹوں سے سوال پوچھیں؛ جواب انہی کے الفاظ میں، ماخذ کے ساتھ",
    askQuestion: "آپ کا سوال، سادہ انگریزی میں",
    askReport: "صرف اس رپورٹ سے",
    askSince: line`صرف اس تاریخ سے آگے کی رپورٹیں: ${DATES[0]}، ${DATES[1]} یا ${DATES[2]}`,
    askUntil: line`صرف اس تاریخ تک کی رپورٹیں: ${DATES[0]}، ${DATES[1]} یا ${DATES[2]}`,
    askPrivate: "جواب صرف مجھے دکھائیں",
    ...urduBriefings.commands,
    ...urduTour.commands,
    search: "رپورٹوں کی وہ عبارتیں دکھائیں جو دیے گئے الفاظ سے قریب ترین ہوں",
    searchTerms: "تلاش کے الفاظ یا نام",
    sources: "ان رپورٹوں کی فہرست جن سے جواب دیے جاتے ہیں",
    sourcesFilter: line`عنوان، ناشر، قسم یا ${"ID"} کا کوئی حصہ`,
    report: "دکھائیں کہ رپورٹ کہاں سے آئی اور کب شامل کی گئی",
    reportId: "رپورٹ",
    help: line`${"Sitrep"} کیا کر سکتا ہے اور کیا نہیں، مثالوں کے ساتھ`,
    status: line`منتظمین کے لیے: بوٹ اور اشاریے کی حالت`,
    reindex: line`منتظمین کے لیے: نئی، تبدیل شدہ اور ہٹائی گئی رپورٹیں اشاریے میں درج کریں`,
    reindexForce: "تمام رپورٹیں دوبارہ پڑھیں، وہ بھی جو تبدیل نہیں ہوئیں",
  },

  buttons: {
    moreEvidence: "مزید شواہد",
    sources: "مآخذ",
    passage: (quote) => `[${quote}] سیاق و سباق`,
    followUp: FOLLOW_UP,
    helpful: "مفید",
    notHelpful: "غیر مفید",
    share: "سب کو دکھائیں",
    previous: "پچھلا صفحہ",
    next: "اگلا صفحہ",
  },

  source: {
    publisherUnknown: part`ناشر نامعلوم`,
    by: (author) => part`تحریر: ${author}`,
    digestBy: (author) => part`خلاصہ از ${author}`,
    dateUnknown: part`تاریخ نامعلوم`,
    covers: (from, to) => (from === to ? part`زیرِ جائزہ مدت: ${from}` : part`زیرِ جائزہ مدت: ${from} تا ${to}`),
    page: (page) => part`صفحہ ${page}`,
    paragraph: (paragraph) => part`پیراگراف ${paragraph}`,
    reliability: (grade) => part`درجۂ اعتبار ${grade} (${reliability[grade]})`,
    unmarked: part`کوئی نشان درج نہیں: اسے ${"TLP:AMBER+STRICT"} سمجھیں`,
    kinds,
    titleIsFileName: "عنوان کی جگہ فائل کا نام ہے",
    unconfirmed: (of) =>
      line`دستاویز سے پڑھا گیا، غیر مصدقہ: ${new Intl.ListFormat("ur").format(of.map((field) => fields[field]))}`,
    noAddress: part`کوئی عوامی ویب پتا نہیں`,
    document: (id) => part`دستاویز ${id}`,
    report: (id) => part`رپورٹ ${id}`,
    cites: (sources) => line`حوالہ جات: ${sources}`,
    indexed: (time) => part`شامل کی گئی: ${time}`,
    size: (ofPassages, ofPages) =>
      ofPages === 0 ? part`${passages(ofPassages)}` : part`${pages(ofPages)}، ${passages(ofPassages)}`,
    language: (language) => part`زبان: ${language}`,
    origins: (titles) => line`اصل ماخذ: ${titles}`,
  },

  answer: {
    asked: (question) => line`**سوال:** ${question}`,
    understoodAs: (question) => line`**یوں سمجھا گیا:** ${question}`,
    searchedAs: (expansions) => line`یہ بھی تلاش کیا گیا: ${expansions}`,
    confidence: (level) => line`**جواب پر اعتماد:** ${confidence[level]}`,
    independent: (sources, titles) => line`${independent(sources)}؛ یہی بات یہاں بھی ہے: ${titles}`,
    sameOrigin: (titles) => line`یہی بات یہاں بھی ہے: ${titles} (اصل ماخذ ایک ہی ہے: ایک آواز، دو نہیں)`,
    tooLong: "یہ اقتباس ایک پیغام کے لیے بہت طویل ہے؛ اس کے نمبر والا بٹن اسے سیاق و سباق کے ساتھ دکھاتا ہے۔",
    page: (page, of) => line`صفحہ ${page} از ${of}`,
    limitedTo: (report) => part`صرف اس رپورٹ میں: ${report}`,
    limitedSince: (date) => part`${date} سے`,
    limitedUntil: (date) => part`${date} تک`,
    sharedBy: (member) => line`${member} نے سب کو دکھایا`,
    changed:
      "یہاں نقل کی گئی رپورٹوں میں سے کوئی بعد میں تبدیل کر دی گئی یا ہٹا دی گئی ہے۔ موجودہ صورتِ حال کے لیے دوبارہ پوچھیں۔",
  },

  evidence: {
    title: "مزید شواہد",
    hint: "سوال کے لیے ملنے والی مزید عبارتیں۔ یہ سوال سے قریب ہیں؛ ضروری نہیں کہ اس کا جواب ہوں۔",
    none: "اس سوال کے لیے مزید کوئی عبارت نہیں ملی۔",
  },

  sources: {
    title: "اس جواب کے مآخذ",
    allTitle: (count) => line`${reports(count)}`,
    filtered: (count, filter) => line`"${filter}" والی ${reports(count)}`,
    none: (filter) => line`"${filter}" والی کوئی رپورٹ نہیں۔ صرف ${"/sources"} لکھنے سے تمام رپورٹیں نظر آتی ہیں۔`,
    empty: "ابھی کوئی رپورٹ موجود نہیں۔",
    more: line`${"/report"} سے کسی ایک رپورٹ کی پوری تفصیل دیکھیں۔`,
  },

  search: {
    title: (terms) => line`"${terms}" سے قریب ترین عبارتیں`,
    none: "ان الفاظ سے قریب کوئی عبارت نہیں۔",
  },

  around: {
    title: (quote) => line`اقتباس ${`[${quote}]`} اپنے سیاق و سباق میں`,
    before: line`**اس سے پہلے:**`,
    quote: line`**اقتباس:**`,
    after: line`**اس کے بعد:**`,
    gone: line`یہ اقتباس اب رپورٹ میں نہیں ہے: وہ بعد میں تبدیل کر دی گئی یا ہٹا دی گئی۔ موجودہ صورتِ حال کے لیے دوبارہ پوچھیں۔`,
  },

  check: {
    title: "رپورٹوں سے موازنہ",
    verdicts,
    claimed: (claimed, reported) => line`پیغام میں: ${claimed} · ایک رپورٹ میں: ${reported}`,
    omitted: (count) => line`مزید ${statements(count)} کی جانچ نہیں ہوئی: ایک وقت میں زیادہ سے زیادہ ${10} بیانات۔`,
    nothing: "اس پیغام میں ایسا کوئی بیان نہیں جس کی جانچ کی جا سکے۔",
    noText: line`اس پیغام کا اپنا کوئی متن نہیں ہے۔ (میرے جوابوں کی جانچ ضروری نہیں: وہ رپورٹوں ہی کے اقتباس ہیں۔)`,
    neutral:
      "کسی رپورٹ میں لکھا ہونے سے بات درست ثابت نہیں ہو جاتی: دیکھیں کہ کون کہہ رہا ہے اور وہ کتنا قابلِ اعتبار ہے۔",
  },

  help: {
    title: line`${"Sitrep"}: رپورٹیں کیا کہتی ہیں، انہی کے الفاظ میں`,
    can: [
      line`**یہ کیا کرتا ہے۔** یہ سیکیورٹی رپورٹوں کے ایک مجموعے سے سوالوں کے جواب دیتا ہے۔ جواب اقتباسات پر مشتمل ہوتا ہے؛ ہر اقتباس حرف بہ حرف ایک ایسی رپورٹ میں موجود ہے جس کا نام اور تاریخ درج ہے، اور سیاق و سباق کے بٹن سے وہیں دیکھا جا سکتا ہے۔ اقتباس کے نیچے کا لنک ناشر تک، یا اس ماخذ تک لے جاتا ہے جس پر خلاصہ مبنی ہے۔`,
      urduBriefings.help,
      line`**سوال پوچھیں:** ${"/ask"} استعمال کریں۔ جواب کے نیچے "${FOLLOW_UP}" دبائیں تو نیا سوال پچھلے سوالوں کے تسلسل میں سمجھا جائے گا۔`,
      line`**خود دیکھیں:** ${"/search"}، ${"/sources"} اور ${"/report"} کی مدد سے۔`,
      line`**کسی پیغام کی جانچ کریں:** اس پر دائیں کلک کریں (فون پر: دبائے رکھیں)، پھر ${"Apps"}، پھر ${"Check against sources"}۔`,
    ],
    mentions: line`**مجھے مینشن کر کے** بھی سوال پوچھا جا سکتا ہے۔ جواب سے ایک تھریڈ کھلتا ہے: بات آگے بڑھانے کے لیے وہاں مجھے مینشن کریں یا میرے پیغام کا جواب دیں۔`,
    cannot: [
      line`**یہ کیا نہیں کرتا۔** اس کی کوئی رائے نہیں، یہ پیش گوئی نہیں کرتا، آج کے حالات نہیں جانتا، اور ایسی کوئی بات نہیں کہتا جو رپورٹوں میں نہ ہو۔ اگر رپورٹیں کسی جواب کی تائید نہ کریں تو یہ بتا دیتا ہے، اور اس کی وجہ بھی۔`,
      line`**جو پڑھیں، اسے پرکھیں۔** ہر اقتباس کے ساتھ درج ہے کہ بات کس نے کہی، کب کہی، اور ماخذ کتنا قابلِ اعتبار ہے۔ رپورٹوں میں باہم تضاد بھی ہوتا ہے؛ ${"Sitrep"} یہ فیصلہ نہیں کرتا کہ کون درست ہے۔`,
      line`**اعتماد** سے مراد یہ ہے کہ اقتباس سوال سے کتنا میل کھاتے ہیں، یہ نہیں کہ وہ درست ہیں۔`,
      line`سوال انگریزی میں سمجھے جاتے ہیں۔`,
    ],
    noReports: line`ابھی کوئی رپورٹ نہیں: جب تک کوئی منتظم رپورٹیں شامل نہ کرے، کچھ پوچھا نہیں جا سکتا۔`,
    kept: (days) =>
      line`سوال اور جواب ${counted(days, "دن", "دن")} تک محفوظ رکھے جاتے ہیں تاکہ بٹن کام کرتے رہیں؛ پھر حذف کر دیے جاتے ہیں۔`,
    examples: line`**ان میں سے کوئی سوال آزمائیں:**`,
    corpus: (ofReports, updated) => line`${reports(ofReports)}؛ آخری تبدیلی: ${updated}`,
  },

  status: {
    title: "حالت",
    snapshot: (number, time) => line`**نسخہ:** ${number}، تیار کردہ ${time}`,
    corpus: (ofReports, ofPassages) => line`**ذخیرہ:** ${reports(ofReports)}، ${passages(ofPassages)}`,
    model: (model, dimensions) => line`**ماڈل:** ${model}، ${dimensions} جہتیں`,
    uptime: (since) => line`**چل رہا ہے:** ${since} سے`,
    work: (running, waiting) => line`**سوالات:** زیرِ عمل ${running}، منتظر ${waiting}`,
    kept: (exchanges, helpful, notHelpful) =>
      line`**محفوظ سوال و جواب:** ${exchanges}؛ مفید ${helpful}، غیر مفید ${notHelpful}`,
    connection: (milliseconds, pause) =>
      line`**رابطہ:** ${milliseconds === null ? "ابھی کوئی ہارٹ بیٹ نہیں" : line`ہارٹ بیٹ ${`${milliseconds} ms`}`}؛ پچھلے چند منٹوں میں بوٹ کا طویل ترین وقفہ ${`${pause} ms`}`,
    noIndex: line`**نسخہ:** کوئی نہیں؛ ابھی تک کوئی رپورٹ شامل نہیں کی گئی۔ ${"/reindex"} سے شامل کریں۔`,
    reindexing: (since) => line`**اشاریہ سازی:** ${since} سے جاری`,
    lastReindex: (time, outcome) => line`**یہاں سے آخری اشاریہ سازی:** ${time}، ${outcome}`,
  },

  reindex: {
    started: "اشاریہ سازی شروع ہو گئی۔ مکمل ہونے تک سوالوں کے جواب پہلے کی طرح دیے جاتے رہیں گے۔",
    phase: (phase, done, total) => line`${phases[phase]}: ${total} میں سے ${done}`,
    done: "اشاریہ سازی مکمل ہو گئی۔",
    unchanged: line`اشاریہ سازی مکمل ہو گئی: کوئی تبدیلی نہیں تھی۔`,
    refusedSome: (count) => line`اشاریہ سازی مکمل ہو گئی؛ نامنظور فائلیں: ${count}`,
    counts: (added, changed, removed, unchanged) =>
      line`نئی ${added}، تبدیل شدہ ${changed}، ہٹائی گئی ${removed}، غیر تبدیل شدہ ${unchanged}`,
    total: (ofReports, ofPassages, snapshot) => part`${reports(ofReports)}، ${passages(ofPassages)}، نسخہ ${snapshot}`,
    took: (duration) => part`دورانیہ ${duration} سیکنڈ`,
    running: (since) => line`اشاریہ سازی پہلے ہی جاری ہے، ${since} سے۔`,
    busy: "کوئی اور پروسیس اس وقت اشاریے میں تبدیلی کر رہا ہے، اس لیے اسے چھیڑا نہیں گیا۔ اس کے مکمل ہونے پر دوبارہ کوشش کریں۔",
    failed: "اشاریہ سازی ناکام ہو گئی؛ رپورٹیں پہلے جیسی ہی ہیں۔",
    interrupted: "اشاریہ سازی بیچ میں رک گئی؛ رپورٹیں پہلے جیسی ہی ہیں۔",
    more: (count) => line`اور مزید ${count}`,
  },

  feedback: {
    thanks: "درج کر لیا گیا، شکریہ۔",
    thanksNot: "درج کر لیا گیا، شکریہ۔ منتظمین اسے دیکھ سکتے ہیں۔",
    modalTitle: "جواب میں کیا کمی تھی؟",
    modalLabel: "مختصراً بتائیں، یا خالی چھوڑ دیں",
    modalPlaceholder: "مثلاً: اقتباس کسی اور سال کے بارے میں ہے",
  },

  followUp: {
    modalTitle: FOLLOW_UP,
    modalLabel: "آپ کا سوال، انگریزی میں",
    modalPlaceholder: line`مثلاً: ${"and in 2023?"}`,
    threadHint: line`بات آگے بڑھانے کے لیے یہاں مجھے مینشن کریں، میرے پیغام کا جواب دیں، یا "${FOLLOW_UP}" دبائیں۔`,
    noThread: line`مجھے اس چینل میں تھریڈ کھولنے کی اجازت نہیں؛ بات آگے بڑھانے کے لیے "${FOLLOW_UP}" دبائیں۔`,
  },

  mention: {
    empty: line`سوال کے ساتھ مجھے مینشن کریں، یا ${"/help"} دیکھیں۔`,
  },

  waiting: {
    place: (place) =>
      line`اس وقت بہت سے سوال آ رہے ہیں: آپ کا سوال قطار میں نمبر ${place} پر ہے اور اس کا جواب دیا جائے گا۔`,
    full: "بہت سے سوال پہلے ہی انتظار میں ہیں۔ براہِ کرم ایک منٹ بعد دوبارہ پوچھیں۔",
    cooldown: (count) => line`براہِ کرم اگلا سوال پوچھنے سے پہلے ${seconds(count)} انتظار کریں۔`,
    stopping: "بوٹ بند ہونے والا ہے۔ براہِ کرم ایک منٹ بعد دوبارہ پوچھیں۔",
  },

  faults: {
    codes: faults,
    unexpected: "کوئی غیر متوقع خرابی ہو گئی۔ اسے لاگ میں درج کر لیا گیا ہے۔",
    reference: (reference) => line`حوالہ نمبر: ${reference}`,
    sharedAlready: line`یہ جواب یہاں پہلے ہی دکھایا جا چکا ہے۔`,
    typed: line`آپ نے لکھا تھا:`,
    forgotten: "یہ جواب پرانا ہو چکا ہے اور اب محفوظ نہیں۔ براہِ کرم دوبارہ پوچھیں۔",
    notForYou: "یہ صرف منتظمین کر سکتے ہیں۔",
    notHere: line`${"Sitrep"} اس سرور کے لیے دستیاب نہیں۔`,
    cannotPost: "آپ کو اس چینل میں لکھنے کی اجازت نہیں، اس لیے سب کو کچھ نہیں دکھایا گیا۔",
    unknownCommand: "یہ کمانڈ اب موجود نہیں۔ کمانڈز کو دوبارہ رجسٹر کرنا ہو گا۔",
    date: (text) => line`"${text}" تاریخ نہیں ہے؛ اسے ${DATES[0]}، ${DATES[1]} یا ${DATES[2]} کی شکل میں لکھیں۔`,
    datesSwapped: line`${"since"} کی تاریخ ${"until"} کے بعد کی ہے؛ دونوں تاریخیں آپس میں بدل دیں۔`,
    noReport: (text) => line`"${text}" کے ${"ID"} والی کوئی رپورٹ نہیں۔ لکھتے وقت فہرست میں سے چنیں۔`,
  },
};
