import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Modal, Steps } from "antd";
import { useState } from "react";

import { BeforeDeciding } from "@/difference/BeforeDeciding";
import { reportKey, type Report } from "@/reports/api";
import { ProblemView } from "@/shared/ProblemView";

import { joinedLabel, runJoined, STEP_NAMES, type JoinedStep } from "./joined";

/** Where one account approves, signs and sends: one button, the steps one after another, each shown. */
export function JoinedSend({ report }: { report: Report }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [pin, setPin] = useState("");
  const [at, setAt] = useState<JoinedStep | "done" | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [label, setLabel] = useState<string | null>(null);
  const offered = joinedLabel(report);
  const title = label ?? offered;
  if (!title) return null;

  const run = async () => {
    setError(null);
    const given = pin;
    setPin("");
    try {
      await runJoined(report.id, { pin: given }, setAt);
      setAt("done");
    } catch (failure) {
      setError(failure);
    }
    await Promise.all([
      queries.invalidateQueries({ queryKey: reportKey(report.id) }),
      queries.invalidateQueries({ queryKey: ["signing"] }),
      queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === "/tasks" }),
    ]);
  };
  const names = Object.entries(STEP_NAMES) as [JoinedStep, string][];
  const position = at === "done" ? names.length : Math.max(0, names.findIndex(([step]) => step === at));
  const busy = at !== null && at !== "done" && error === null;
  const close = () => {
    setOpen(false);
    setLabel(null);
    setAt(null);
    setError(null);
  };
  return (
    <>
      {offered && (
        <Button
          type="primary"
          onClick={() => {
            setLabel(offered);
            setOpen(true);
          }}
        >
          {offered}
        </Button>
      )}
      <Modal
        open={open}
        title={title}
        width={report.revision > 1 ? 860 : 560}
        onCancel={close}
        closable={!busy}
        mask={{ closable: false }}
        footer={
          at === "done"
            ? [
                <Button key="done" type="primary" onClick={close}>
                  Xong
                </Button>,
              ]
            : [
                <Button key="no" disabled={busy} onClick={close}>
                  Không
                </Button>,
                <Button key="go" type="primary" disabled={pin === ""} loading={busy} onClick={() => void run()}>
                  {error ? "Làm tiếp" : title}
                </Button>,
              ]
        }
      >
        <p>
          {report.regime.name}, {report.period.label}, {report.unit.name}. Các bước được làm lần lượt; nếu dừng giữa chừng, bước đã
          xong vẫn giữ nguyên và có thể làm tiếp.
        </p>
        <BeforeDeciding report={report} action="approve" />
        <Steps
          orientation="vertical"
          size="small"
          current={position}
          status={error ? "error" : "process"}
          items={names.map(([, title]) => ({ title }))}
        />
        {at !== "done" && (
          <Form layout="vertical" onFinish={() => void run()}>
            <Form.Item label="Mã PIN của chứng thư số" htmlFor="joined-pin" required>
              <Input.Password id="joined-pin" autoComplete="off" disabled={busy} value={pin} onChange={(event) => setPin(event.target.value)} />
            </Form.Item>
          </Form>
        )}
        {error !== null && <ProblemView error={error} />}
      </Modal>
    </>
  );
}
