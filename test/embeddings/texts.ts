/** Texts to embed in tests: 40 of varied length and script, with what tokenizers stumble over. */

const PARAGRAPH =
  "The panel of experts reported on 14 July 2025 that the group had between 6,000 and 6,500 fighters, most of them " +
  "in the eastern provinces, and that it raised funds through kidnapping, extortion and the taxation of road traffic. " +
  "Two Member States assessed that its leadership remained intact; a third disagreed, and said that splits over " +
  "money had weakened its command. ";

export const TEXTS: readonly string[] = [
  "Who leads the group?",
  "ISIL-K",
  "a",
  "?",
  "42%",
  "S/2025/482, para. 17",
  "CVE-2024-3400 was exploited by UTA0218.",
  "The Taliban's re-entry into Kabul on 15 August 2021 ended the Republic.",
  "Tehrik-e Taliban Pakistan (TTP) claimed responsibility for the attack in Dera Ismail Khan.",
  "## Findings\n\n- **Three** convoys [were hit](https://example.org/a?b=c#d)\n- _None_ was lost",
  "| Province | Attacks |\n|---|---|\n| Helmand | 12 |\n| Zabul | 3 |",
  "https://www.example.org/reports/2024/07/monitoring-team-thirty-fourth-report.pdf?lang=en&version=2",
  "0x6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d",
  "e".repeat(150),
  "supercalifragilisticexpialidocious antidisestablishmentarianism",
  "Naïve café façade, jalapeño, Ångström, coöperate, Łódź, Dvořák, Đorđe",
  "cafe\u0301 and café are one word",
  "Zürich\u00adsee, zero\u200bwidth, no\u00a0break, thin\u2009space",
  "ﬁnancial ﬂows, № 5, ½, Ⅷ, ™, ①",
  "ΟΔΟΣ και Αθήνα",
  "İstanbul, Iğdır, IRAK, ışık",
  "Генеральная Ассамблея Организации Объединённых Наций",
  "Київ та Львів, їжак, ґанок",
  "قال المتحدث باسم الوزارة إن الهجوم أسفر عن مقتل خمسة أشخاص.",
  "طالبان د افغانستان په ختیځ کې",
  "مذاکرات میان دو طرف در دوحه ادامه دارد",
  "מועצת הביטחון של האומות המאוחדות",
  "संयुक्त राष्ट्र सुरक्षा परिषद की रिपोर्ट",
  "联合国安全理事会监测组第三十四次报告",
  "国連安全保障理事会は、アフガニスタンの状況を議論した。",
  "𠀀𠀁 and 㐀㐁, rare ideographs",
  "유엔 안전보장이사회 보고서",
  "คณะมนตรีความมั่นคงแห่งสหประชาชาติ",
  "ልዩ ልዩ የፀጥታ ሪፖርት",
  "🚨 Explosion near the airport 🇦🇫 👩‍👩‍👧 😀",
  "Mixed: report отчёт 报告 تقرير báo cáo",
  "“Quoted” — ‘dashes’ … • bullets · middots «guillemets»",
  "TABS\tand\r\nline ends\n\n\nand   spaces  ",
  PARAGRAPH,
  PARAGRAPH.repeat(3).slice(0, 1_020),
];
