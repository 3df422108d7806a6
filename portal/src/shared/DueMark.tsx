import { Tag } from "antd";

import { deadline, nearness, nearnessWords } from "./dates";

const COLOURS = { overdue: "red", today: "volcano", soon: "gold", later: "default", none: "default" } as const;

/** How near a deadline is, in words; the colour only repeats them. */
export function DueMark({ dueAt, done = false }: { dueAt: string | null | undefined; done?: boolean }) {
  if (!dueAt) return null;
  if (done) return <span className="due">{deadline(dueAt)}</span>;
  const near = nearness(dueAt);
  return (
    <span className="due">
      <span>{deadline(dueAt)}</span>{" "}
      <Tag color={COLOURS[near]}>{near === "today" ? `Sắp đến hạn · ${nearnessWords(dueAt)}` : nearnessWords(dueAt)}</Tag>
    </span>
  );
}
