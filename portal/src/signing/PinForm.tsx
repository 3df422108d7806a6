import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";

import { newKey } from "@/api/http";
import { holds, useMe } from "@/api/me";
import { reportKey, type Report } from "@/reports/api";
import { ProblemView } from "@/shared/ProblemView";

import { makeSignature, type Pins, type SigningRequest } from "./api";
import { RefuseButton } from "./RefuseButton";

/** The signature that is awaited now; the PIN is typed for this one act and kept nowhere. */
export function PinForm({ report, request }: { report: Report; request: SigningRequest }) {
  const { message } = App.useApp();
  const me = useMe().data;
  const queries = useQueryClient();
  const [pins, setPins] = useState<Pins>({ pin: "" });
  const step = request.waits_for;
  const sign = useMutation({
    mutationFn: (given: Pins) => makeSignature(request.id, step ?? "sign", given, newKey()),
    onSuccess: () => void message.success(step === "issue" ? "Đã ký số của cơ quan và phát hành." : "Đã ký số."),
    onSettled: () => {
      setPins({ pin: "" });
      return Promise.all([
        queries.invalidateQueries({ queryKey: ["signing"] }),
        queries.invalidateQueries({ queryKey: reportKey(report.id) }),
      ]);
    },
  });
  const acts = report.actions.filter((action) => action.action === (step === "issue" ? "issue" : "leader_sign"));
  const may = acts.some((action) => action.allowed) || (acts.length === 0 && holds(me, step === "issue" ? "issue" : "sign"));
  if (!step) return null;
  if (!may) return acts[0]?.why_not ? <p className="muted">Bạn không ký được văn bản này: {acts[0].why_not.message}</p> : null;

  const both = step === "sign" && request.steps === "one_act";
  const numbered = step === "issue" || both;
  const ready = pins.pin !== "" && (!both || (pins.agencyPin ?? "") !== "");
  return (
    <Form layout="vertical" className="pin-form no-print" onFinish={() => ready && sign.mutate(pins)}>
      <Form.Item label={step === "issue" ? "Mã PIN chứng thư của cơ quan" : "Mã PIN chứng thư của lãnh đạo"} htmlFor="pin" required>
        <Input.Password id="pin" autoComplete="off" value={pins.pin} onChange={(event) => setPins({ ...pins, pin: event.target.value })} />
      </Form.Item>
      {both && (
        <Form.Item label="Mã PIN chứng thư của cơ quan" htmlFor="agency-pin" required>
          <Input.Password id="agency-pin" autoComplete="off" value={pins.agencyPin ?? ""} onChange={(event) => setPins({ ...pins, agencyPin: event.target.value })} />
        </Form.Item>
      )}
      {numbered && (
        <Form.Item label="Số văn bản (để trống: số tiếp theo trong sổ)" htmlFor="number">
          <Input id="number" inputMode="numeric" value={pins.number ?? ""} onChange={(event) => setPins({ ...pins, number: event.target.value.replace(/\D/g, "") })} />
        </Form.Item>
      )}
      <div className="row-actions">
        <Button type="primary" htmlType="submit" disabled={!ready} loading={sign.isPending}>
          {step === "issue" ? "Ký số cơ quan, phát hành" : both ? "Ký số và phát hành" : "Ký số"}
        </Button>
        <RefuseButton report={report} request={request} />
      </div>
      {sign.isError && <ProblemView error={sign.error} />}
    </Form>
  );
}
