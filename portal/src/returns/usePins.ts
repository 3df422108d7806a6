import { useSyncExternalStore } from "react";

import { useMe } from "@/api/me";
import type { Report } from "@/reports/api";

import { PinBoard, type Pin } from "./pins";

const boards = new Map<string, PinBoard>();

/** The same marks wherever this revision is shown: grid, narrative, the dialog that returns it. */
export function usePins(report: Report): { board: PinBoard; pins: readonly Pin[] } {
  const account = useMe().data?.account.id ?? "";
  const name = `cho-can-sua/${account}/${report.id}/${report.revision}`;
  const board = boards.get(name) ?? new PinBoard(name, window.sessionStorage);
  boards.set(name, board);
  const pins = useSyncExternalStore(board.subscribe, board.current);
  return { board, pins };
}

/** Whether this person may give the report back now: only then marks have a way to anybody. */
export function mayReturn(report: Report): boolean {
  return report.actions.some((item) => (item.action === "return" || item.action === "reject") && item.allowed);
}
