import { describe, expect, it } from "vitest";

import raw from "../../../contracts/text/vectors.json?raw";

import { fontEncoding, isSyllable, repair, suspect, toUnicode } from "./legacy";
import { judgeParagraphs, judgePaste, legacyFontOf } from "./pasted";

interface Vector {
  text: string;
  font?: string;
  encoding: string | null;
  repaired: string;
}

describe("the vectors shared with the server", () => {
  it.each(JSON.parse(raw) as Vector[])("$text", ({ text, font, encoding, repaired }) => {
    const found = suspect(text, font);
    expect(found?.encoding ?? null).toBe(encoding);
    expect(found ? repair(text, found) : text).toBe(repaired);
  });
});

describe("legacy text", () => {
  it("is converted letter by letter, two characters of VNI as one", () => {
    expect(toUnicode("Coäng hoøa xaõ hoäi", "vni")).toBe("Cộng hòa xã hội");
    expect(toUnicode("céng hßa x· héi", "tcvn3-capitals")).toBe("CỘNG HÒA XÃ HỘI");
  });

  it("is known by the font's name", () => {
    expect([".VnTime", ".VnTimeH", "VNI-Times", "Times New Roman", null].map(fontEncoding)).toEqual([
      "tcvn3",
      "tcvn3-capitals",
      "vni",
      null,
      null,
    ]);
  });

  it("is told from Vietnamese by syllables with the tone on the right vowel", () => {
    expect(["hòa", "hoà", "quỳnh", "nghiêng", "KHUỶU"].every(isSyllable)).toBe(true);
    expect(["aù", "háo1", "sóang", "kèp", "liÖu"].some(isSyllable)).toBe(false);
  });
});

describe("a pasted block", () => {
  it("is offered converted, short cells with it", () => {
    expect(judgePaste("ChØ tiªu\tSè hé\r\nTæng céng\t1.250,5")).toEqual({
      encoding: "tcvn3",
      changes: [
        { before: "ChØ tiªu", after: "Chỉ tiêu" },
        { before: "Sè hé", after: "Số hộ" },
        { before: "Tæng céng", after: "Tổng cộng" },
      ],
      text: "Chỉ tiêu\tSố hộ\r\nTổng cộng\t1.250,5",
    });
  });

  it("keeps what is Unicode already", () => {
    expect(judgePaste("Đường giao thông\tSố hộ\nTröôøng hoïc\tMới")?.changes).toEqual([{ before: "Tröôøng hoïc", after: "Trường học" }]);
  });

  it.each(["Tổng cộng\t15\nSố hộ\t3", "1.250,5\t8", "Köln\tSão Paulo", ""])("of Unicode or figures raises nothing: %s", (text) => {
    expect(judgePaste(text)).toBeNull();
  });
});

describe("a narrative", () => {
  it("is offered converted paragraph by paragraph; what is Unicode stays", () => {
    expect(judgeParagraphs("Tình hình chung\nKÕt qu¶ thùc hiÖn nhiÖm vô\nThe end")).toEqual({
      encoding: "tcvn3",
      changes: [{ before: "KÕt qu¶ thùc hiÖn nhiÖm vô", after: "Kết quả thực hiện nhiệm vụ" }],
      text: "Tình hình chung\nKết quả thực hiện nhiệm vụ\nThe end",
    });
    expect(judgeParagraphs("Kết quả thực hiện\n\nTổng số hộ")).toBeNull();
  });

  it("takes the font that a word processor sends along for a witness", () => {
    expect(legacyFontOf("<p style='font-family:\".VnTimeH\"'>x</p>")).toBe(".VnTimeH");
    expect(legacyFontOf('<font face="VNI-Times">x</font>')).toBe("VNI-Times");
    expect(legacyFontOf("<p style='font-family:Arial,sans-serif'>x</p>")).toBeUndefined();
    expect(judgeParagraphs("tØnh", (line) => (line === "tØnh" ? ".VnTimeH" : undefined))?.text).toBe("TỈNH");
  });
});
