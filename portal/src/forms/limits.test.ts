import { describe, expect, it } from "vitest";

import { limitDraft, limitsOf, limitWords } from "./limits";

describe("limits", () => {
  it("are said in words", () => {
    expect(limitWords({ least: "0", most: "100.5" })).toEqual(["từ 0 đến 100,5"]);
    expect(limitWords({ most: "1000" })).toEqual(["không quá 1.000"]);
    expect(limitWords({ choices: ["a", "b"], longest: 20 })).toEqual(["Một trong 2 giá trị cho sẵn", "Nhiều nhất 20 ký tự"]);
    expect(limitWords(null)).toEqual([]);
  });

  it("are read as a designer types them, each by the kind of its cell", () => {
    const empty = limitDraft(null);
    expect(limitsOf(empty, "number")).toEqual({ limits: null });
    expect(limitsOf({ ...empty, least: "1.000", most: "2.500,5" }, "number")).toEqual({ limits: { least: "1000", most: "2500.5" } });
    expect(limitsOf({ ...empty, least: "nhiều" }, "number")).toHaveProperty("fault");
    expect(limitsOf({ ...empty, choices: " Có \n\nKhông\nCó", day: false, longest: 10 }, "text")).toEqual({ limits: { longest: 10, choices: ["Có", "Không"] } });
    expect(limitsOf({ ...empty, least: "1", day: true }, "text")).toEqual({ limits: { day: true } });
  });

  it("come back as they were typed", () => {
    const draft = limitDraft({ least: "1000.5", choices: ["Có", "Không"] });
    expect([draft.least, draft.choices]).toEqual(["1000,5", "Có\nKhông"]);
  });
});
