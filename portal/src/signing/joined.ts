import { call, newKey } from "@/api/http";
import { Problem } from "@/api/problem";
import type { Report } from "@/reports/api";
import { sendAct } from "@/reports/useAct";

import { listRequests, makeSignature, type Pins, type SigningRequest } from "./api";

export type JoinedStep = "approve" | "sign" | "send";

export const STEP_NAMES: Record<JoinedStep, string> = {
  approve: "Duyệt báo cáo",
  sign: "Lập văn bản và ký số",
  send: "Gửi đến cơ quan chủ trì",
};

const may = (report: Report, action: string): boolean => report.actions.some((item) => item.action === action && item.allowed);

/** Whether one button may do all that is left, where the province lets one account approve, sign and send. */
export function joinedLabel(report: Report): string | null {
  const begins = ["approve_figures", "approve", "leader_sign", "issue"].some((action) => may(report, action));
  return report.one_act && begins ? report.one_act.label : null;
}

const PATIENCE_MS = 60_000;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Services move one after another by events: each step waits until the report itself has moved. */
async function until<T>(ask: () => Promise<T | null>, step: JoinedStep): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await ask();
    if (found !== null) return found;
    if (Date.now() > end) {
      throw new Problem({
        status: 504,
        code: "portal.joined.waiting",
        title: "Chưa xong",
        detail: `Bước “${STEP_NAMES[step]}” chưa hoàn tất sau 1 phút.`,
        remedy: "Các bước trước đã được ghi. Đợi ít phút rồi bấm “Làm tiếp”.",
      });
    }
    await pause(700);
  }
}

export async function runJoined(reportId: string, pins: Pins, onStep: (step: JoinedStep) => void): Promise<void> {
  const read = () => call<Report>("submission", `/reports/${reportId}`);
  let report = await read();
  onStep("approve");
  for (const action of ["approve_figures", "approve"]) {
    if (may(report, action)) {
      await sendAct(reportId, { action, version: report.version });
      report = await read();
    }
  }
  const { revision } = report;
  if (!may(report, "send") && report.state !== "sent") {
    onStep("sign");
    const request = await until(() => openRequest(reportId, revision), "sign");
    await signAll(request, pins);
  }
  onStep("send");
  const ready = await until(async () => {
    const now = await read();
    return may(now, "send") || now.state === "sent" ? now : null;
  }, "send");
  if (ready.state !== "sent") await sendAct(reportId, { action: "send", version: ready.version });
}

async function signAll(request: SigningRequest, pins: Pins): Promise<void> {
  let current = request;
  while (current.waits_for) current = await makeSignature(current.id, current.waits_for, pins, newKey());
}

/** The document of this revision, once signing has made it. */
async function openRequest(reportId: string, revision: number): Promise<SigningRequest | null> {
  const { items } = await listRequests(reportId);
  return items.find((item) => item.revision === revision && item.state !== "void") ?? null;
}
