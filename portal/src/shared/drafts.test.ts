import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { drafts } from "./drafts";

const KEY = "form-version/1/rules";

function closing(): boolean {
  const event = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(event);
  return !event.defaultPrevented;
}

beforeAll(() => void vi.stubGlobal("window", new EventTarget()));

afterEach(() => drafts.drop(KEY));

describe("drafts", () => {
  it("keeps what is being changed until it is saved or given up", () => {
    drafts.put(KEY, { base: ["a"], value: ["a", "b"] });
    expect(drafts.get(KEY)).toEqual({ base: ["a"], value: ["a", "b"] });
    drafts.drop(KEY);
    expect(drafts.get(KEY)).toBeUndefined();
  });

  it("lets the browser close only when nothing is unsaved", () => {
    expect(closing()).toBe(true);
    drafts.put(KEY, { base: 1, value: 2 });
    expect(closing()).toBe(false);
    drafts.drop(KEY);
    expect(closing()).toBe(true);
  });

  it("tells who shows it", () => {
    let told = 0;
    const stop = drafts.subscribe(() => (told += 1));
    drafts.put(KEY, { base: 1, value: 2 });
    stop();
    drafts.drop(KEY);
    expect(told).toBe(1);
  });
});
