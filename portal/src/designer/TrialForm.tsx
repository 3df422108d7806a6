import { Button, Input } from "antd";
import { useMemo, useState } from "react";

import { addressOf } from "@/forms/a1";
import type { FormModel } from "@/forms/model";
import { formatNumber } from "@/forms/numbers";
import { trialFields, type TrialField } from "@/forms/rules";
import { ProblemView } from "@/shared/ProblemView";

import type { Trial, useTrial } from "./api";
import { fieldKey } from "./ruleDrafts";

interface Props {
  model: FormModel;
  conditions: readonly string[];
  trial: ReturnType<typeof useTrial>;
  disabled: boolean;
  onTry: (fields: readonly TrialField[], typed: ReadonlyMap<string, string>) => void;
}

/** Figures for a trial, only those that the rules look at. They are not kept anywhere. */
export function TrialForm({ model, conditions, trial, disabled, onTry }: Props) {
  const fields = useMemo(() => trialFields(model, conditions), [model, conditions]);
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map());
  return (
    <section className="trial" aria-labelledby="trial-title">
      <h2 id="trial-title">Thử quy tắc</h2>
      <p className="muted">Gõ số tạm rồi nhấn Enter. Số liệu thử không được lưu ở đâu cả.</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!disabled) onTry(fields, typed);
        }}
      >
        <div className="trial-fields">
          {fields.map((field) => {
            const key = fieldKey(field);
            return (
              <label key={key}>
                <span>{field.label}</span>
                <Input value={typed.get(key) ?? ""} onChange={(event) => setTyped(new Map(typed).set(key, event.target.value))} />
              </label>
            );
          })}
        </div>
        <Button htmlType="submit" disabled={disabled} loading={trial.isPending}>
          Thử
        </Button>
      </form>
      {trial.isError && <ProblemView error={trial.error} compact />}
      {trial.data && <Outcome trial={trial.data} model={model} />}
    </section>
  );
}

function Outcome({ trial, model }: { trial: Trial; model: FormModel }) {
  const computed = trial.computed.flatMap((cell) => {
    const value = "number" in cell.value ? formatNumber(cell.value.number) : "text" in cell.value ? cell.value.text : "";
    return value === "" ? [] : [`${addressOf(model, cell.row, cell.column) ?? `${cell.row}:${cell.column}`} = ${value}`];
  });
  return (
    <div role="status" className="trial-outcome">
      {trial.messages.length === 0 && <p>Không quy tắc nào nêu lỗi hay cảnh báo.</p>}
      <ul className="import-messages">
        {trial.messages.map((message, index) => (
          <li key={index}>
            {message.rule && <b>{message.rule}: </b>}
            {message.message}
            {message.a1 && <span className="muted"> (ô {message.a1})</span>}
          </li>
        ))}
        {trial.unpublishable.map((message, index) => (
          <li key={`publishing-${index}`}>Chưa công bố được: {message.message}</li>
        ))}
      </ul>
      {computed.length > 0 && <p className="muted">Ô tính: {computed.join("; ")}</p>}
    </div>
  );
}
