import { Alert, Button, Input, Upload } from "antd";
import { useState } from "react";

import { DayField } from "@/shared/DayField";
import { holds, useMe } from "@/api/me";
import { ProblemView } from "@/shared/ProblemView";

import { filePermission, useChecks, useRegimeChange, type Regime } from "./api";

/** What publishing waits for and what it would only warn of, as the service itself judges. */
export function Checks({ regime }: { regime: Regime }) {
  const me = useMe().data;
  const checks = useChecks(regime);
  if (!checks.data) return checks.isError ? <ProblemView error={checks.error} compact /> : null;
  const { missing, warnings, rule } = checks.data;
  return (
    <>
      {regime.state === "draft" && missing.length > 0 && (
        <p className="lacking">
          <b>Còn thiếu để công bố:</b> {missing.map((item) => item.message).join("; ")}. <span className="muted">(Theo {rule})</span>
        </p>
      )}
      {warnings.map((warning) => (
        <Alert key={warning.message} type="warning" showIcon title={warning.message} description={`Theo ${warning.rule}`} />
      ))}
      {regime.state === "draft" && missing.some((item) => item.field === "permission") && holds(me, "regime_owner") && <PermissionForm regime={regime} />}
    </>
  );
}

function PermissionForm({ regime }: { regime: Regime }) {
  const [number, setNumber] = useState("");
  const [day, setDay] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const keep = useRegimeChange(() => filePermission(regime, number.trim(), day, file as File));
  return (
    <fieldset className="deadline-fields">
      <legend>Văn bản cho phép của Ủy ban nhân dân tỉnh</legend>
      <div className="filters">
        <Input className="filter-short" aria-label="Số văn bản cho phép" placeholder="Số văn bản" value={number} onChange={(event) => setNumber(event.target.value)} />
        <DayField className="filter-short" aria-label="Ngày văn bản cho phép" value={day} onChange={setDay} />
        <Upload
          accept=".pdf"
          maxCount={1}
          beforeUpload={(chosen) => {
            setFile(chosen);
            return false;
          }}
        >
          <Button>Tệp PDF…</Button>
        </Upload>
        <Button type="primary" disabled={!number.trim() || !day || !file} loading={keep.isPending} onClick={() => keep.mutate(undefined)}>
          Lưu văn bản
        </Button>
      </div>
      {keep.isError && <ProblemView error={keep.error} compact />}
    </fieldset>
  );
}
