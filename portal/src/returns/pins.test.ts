import { describe, expect, it } from "vitest";

import { cellPlace, PinBoard, sectionPlace, type Pin } from "./pins";

function shelf() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  };
}

const rice: Pin = { ...cellPlace("f1", "KTXH.15", "G"), note: "Thiếu ấp 3", words: "ô G15" };
const text: Pin = { ...sectionPlace("II"), note: "Nêu nguyên nhân", words: "mục II" };

describe("marks of a return", () => {
  it("keep one mark a place, in the order of marking", () => {
    const board = new PinBoard("p", shelf());
    board.put(rice);
    board.put(text);
    board.put({ ...rice, note: "Thiếu ấp 3 và ấp 4" });
    expect(board.items.map((pin) => pin.note)).toEqual(["Thiếu ấp 3 và ấp 4", "Nêu nguyên nhân"]);
  });

  it("outlive a reload and are gone once sent", () => {
    const kept = shelf();
    new PinBoard("p", kept).put(rice);
    const again = new PinBoard("p", kept);
    expect(again.at(cellPlace("f1", "KTXH.15", "G"))?.note).toBe("Thiếu ấp 3");
    again.clear();
    expect(kept.kept.size).toBe(0);
  });

  it("are sent without the words for the eye", () => {
    const board = new PinBoard("p", shelf());
    board.put(text);
    expect(board.places()).toEqual([{ form_version_id: null, row: "", column: "", section_id: "II", note: "Nêu nguyên nhân" }]);
  });

  it("begin anew when what was kept can't be read", () => {
    const kept = shelf();
    kept.setItem("p", "{broken");
    expect(new PinBoard("p", kept).items).toEqual([]);
  });
});
