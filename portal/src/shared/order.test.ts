import { expect, it } from "vitest";

import { compareVietnamese } from "./order";
import { fold } from "./text";

it("orders names as a Vietnamese list does", () => {
  const names = ["Xã Đông", "Xã Dương", "Xã An", "Xã Ân", "Xã Áng", "Xã Ăn"];
  expect([...names].sort(compareVietnamese)).toEqual(["Xã An", "Xã Áng", "Xã Ăn", "Xã Ân", "Xã Dương", "Xã Đông"]);
});

it("folds a search text as the services do", () => {
  expect(fold("  Đông  Hải – HUYỆN Ủy ")).toBe("dong hai – huyen uy");
});
