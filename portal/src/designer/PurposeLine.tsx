import { Select } from "antd";

import { holds, useMe } from "@/api/me";
import { ProblemView } from "@/shared/ProblemView";

import type { FormItem } from "./api";
import { PURPOSES, usePurpose } from "./library";

/** Entry form, report form, or both: a report form is filled from approved figures of entry forms. */
export function PurposeLine({ form }: { form: FormItem }) {
  const purpose = usePurpose(form);
  const designer = holds(useMe().data, "form_designer", "province_admin");
  return (
    <div className="report-head">
      <Select className="filter-text" aria-label="Biểu mẫu dùng để" disabled={!designer} loading={purpose.isPending} value={form.purpose} onChange={(value) => purpose.mutate(value)} options={PURPOSES} />
      {form.links.length > 0 && <span>{form.links.length} ô lấy số liệu đã duyệt từ biểu mẫu nhập liệu</span>}
      {purpose.isError && <ProblemView error={purpose.error} compact />}
    </div>
  );
}
