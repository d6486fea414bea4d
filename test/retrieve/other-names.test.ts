import { describe, expect, it } from "vitest";
import { otherNames } from "../../src/retrieve/other-names.ts";

const names = otherNames([
  { name: "Federal Harbour Agency", alias: "FHA" },
  { name: "Night Heron", alias: "APT-H-36" },
  { name: "Night Heron", alias: "Garza Nocturna" },
  { name: "League of Tides", alias: "LoT" },
  { name: "Remote Anchor Tool", alias: "RAT" },
  { name: "floating mines", alias: "FM" },
]);
const found = (question: string) =>
  names.find(question).map(({ surface, forms, near }) => [surface, [...forms], [...near]]);

describe("otherNames", () => {
  it.each([
    ["Who leads the FHA?", [["FHA", ["Federal Harbour Agency"], []]]],
    ["what does fha do", [["fha", ["Federal Harbour Agency"], []]]],
    ["Whom does APT-H-36 rob?", [["APT-H-36", ["Night Heron", "Garza Nocturna"], []]]],
    ["Whom does Night Heron rob?", [["Night Heron", ["APT-H-36", "Garza Nocturna"], []]]],
    ["How many Malian soldiers died?", [["Malian", ["Mali"], []]]],
    ["Why did Bamako want them gone?", [["Bamako", [], ["Mali"]]]],
  ])("%s", (question, expected) => {
    expect(found(question)).toEqual(expected);
  });

  it.each(["how many rats let in a lot of water?", "was turkey eaten?", "a polish of the hull"])(
    "takes no words for names: %s",
    (question) => {
      expect(found(question)).toEqual([]);
    },
  );

  it("knows both numbers of a name", () => {
    expect(names.find("Who lays FMs?")[0]?.forms).toEqual(["floating mines"]);
    expect(names.find("who lays a floating mine?")[0]?.forms).toContain("FM");
  });

  it("puts what most reports say first", () => {
    const several = otherNames([
      { name: "Common Name", alias: "CN" },
      ...Array.from({ length: 3 }, () => ({ name: "Coastal Navy", alias: "CN" })),
    ]);
    expect(several.find("What is the CN?")[0]?.forms).toEqual(["Coastal Navy", "Common Name"]);
  });
});
