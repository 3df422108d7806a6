import { Button, Input, Select } from "antd";
import { useState } from "react";

import { DayField } from "@/shared/DayField";
import { useForms } from "@/designer/api";
import { useRegimes } from "@/progress/api";
import { ProblemView } from "@/shared/ProblemView";

import { ACTIONS, useMove, type Action, type Move, type Registration } from "./api";

/** One step with what it needs: a reason, the form on trial, the notice's number, the regime. */
export function StepForm({ found, action }: { found: Registration; action: Action }) {
  const move = useMove(found);
  const [body, setBody] = useState<Move>({});
  const set = (part: Move) => setBody((before) => ({ ...before, ...part }));
  const ready = {
    return: Boolean(body.reason?.trim()),
    hand_over: Boolean(body.form_version_id),
    announce: Boolean(body.notice_number?.trim()),
    assign: Boolean(body.regime_id),
  }[action as "return"] as boolean | undefined;
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        move.mutate({ action, ...body });
      }}
    >
      {action === "return" && <Input className="filter-text" aria-label="Lý do trả lại" placeholder="Lý do trả lại, chỗ cần sửa" value={body.reason ?? ""} onChange={(event) => set({ reason: event.target.value })} />}
      {action === "hand_over" && <TrialForms value={body.form_version_id} onChange={(form_version_id) => set({ form_version_id })} />}
      {action === "announce" && (
        <>
          <Input className="filter-text" aria-label="Số văn bản thông báo" placeholder="Số văn bản thông báo" value={body.notice_number ?? ""} onChange={(event) => set({ notice_number: event.target.value })} />
          <DayField className="filter-text" aria-label="Ngày văn bản" value={body.notice_on} onChange={(notice_on) => set({ notice_on })} />
        </>
      )}
      {action === "assign" && <PublishedRegimes value={body.regime_id} onChange={(regime_id) => set({ regime_id })} />}
      <Button htmlType="submit" type={action === "return" ? "default" : "primary"} danger={action === "return"} disabled={ready === false} loading={move.isPending}>
        {ACTIONS[action]}
      </Button>
      {move.isError && <ProblemView error={move.error} compact />}
    </form>
  );
}

interface Choice {
  value: string | undefined;
  onChange: (value: string) => void;
}

function TrialForms({ value, onChange }: Choice) {
  const forms = useForms("");
  const options = (forms.data?.items ?? []).flatMap((form) =>
    form.versions.filter((version) => version.state === "trial").map((version) => ({ value: version.id, label: `${form.code} – ${form.name} (phiên bản ${version.number})` })),
  );
  return <Select className="filter-wide" aria-label="Phiên bản đang dùng thử" placeholder="Chọn phiên bản đang dùng thử" value={value ?? null} onChange={onChange} options={options} showSearch={{ optionFilterProp: "label" }} />;
}

function PublishedRegimes({ value, onChange }: Choice) {
  const regimes = useRegimes();
  const options = (regimes.data?.items ?? []).filter((regime) => regime.state === "published").map((regime) => ({ value: regime.id, label: `${regime.code} – ${regime.name}` }));
  return <Select className="filter-wide" aria-label="Chế độ báo cáo đã công bố" placeholder="Chọn chế độ báo cáo có biểu mẫu này" value={value ?? null} onChange={onChange} options={options} showSearch={{ optionFilterProp: "label" }} />;
}
