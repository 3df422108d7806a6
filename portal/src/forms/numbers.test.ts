import { describe, expect, it } from "vitest";

import { editableNumber, formatNumber, parseTyped } from "./numbers";

describe("a typed number", () => {
  it.each([
    ["1593,3", "1593.3"],
    ["1.593,3", "1593.3"],
    ["8,5", "8.5"],
    ["1.234", "1234"],
    ["12.345.678,90", "12345678.9"],
    ["-0,5", "-0.5"],
    ["−7", "-7"],
    [" 1 234 ", "1234"],
    ["-0", "0"],
    ["007", "7"],
  ])("%s is read as %s", (typed, number) => {
    expect(parseTyped(typed)).toEqual({ ok: true, number });
  });

  it.each(["1.5", "1,593.3", "12.34.567", "1,234,567", "1.2345"])("%s is refused with both readings", (typed) => {
    const reading = parseTyped(typed);
    expect(reading.ok).toBe(false);
    expect(!reading.ok && reading.message).toMatch(/Không rõ .* là .* hay /);
  });

  it.each(["abc", "5%", "", "1e5", "--3", ",5", "x"])("%s is no number and the refusal says so", (typed) => {
    expect(parseTyped(typed)).toMatchObject({ ok: false, message: expect.stringContaining("không phải là số") });
  });

  it("names both readings of a point before one digit", () => {
    expect(parseTyped("1.5")).toMatchObject({ message: expect.stringContaining("1,5 hay 15") });
  });

  it("with more digits than decimal128 holds is refused", () => {
    expect(parseTyped("1".repeat(35)).ok).toBe(false);
  });
});

describe("a number on the screen", () => {
  it.each([
    ["1593.3", null, "1.593,3"],
    ["1593.25", 1, "1.593,3"],
    ["-0.04", 1, "0,0"],
    ["-1234567.5", null, "-1.234.567,5"],
    ["82.5", 2, "82,50"],
    ["2.5", 0, "3"],
    ["-2.5", 0, "-3"],
  ])("%s at precision %s reads %s", (number, precision, shown) => {
    expect(formatNumber(number, precision)).toBe(shown);
  });

  it("has no grouping while it is edited or copied", () => {
    expect(editableNumber("1234567.50")).toBe("1234567,5");
  });
});
