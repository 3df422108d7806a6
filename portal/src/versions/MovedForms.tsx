import type { Report } from "@/reports/api";
import { moment } from "@/shared/dates";

import { useFormMoves } from "./api";
import { FallenTable } from "./FallenTable";

/** Moves that were made, with every figure that had no place: what somebody typed stays readable. */
export function MovedForms({ report }: { report: Report }) {
  const done = useFormMoves(report).data?.done ?? [];
  if (done.length === 0) return null;
  return (
    <section>
      <h2>Chuyển phiên bản biểu mẫu</h2>
      {done.map((move) => (
        <div key={`${move.form_code}/${move.to_number}`}>
          <p>
            {moment(move.at)}, {move.by.name}: {move.form_name}, phiên bản {move.from_number} → {move.to_number} (lần trình {move.revision}). Mang sang {move.kept} ô
            {move.fallen.length > 0 ? `, ${move.fallen.length} số liệu không có chỗ:` : ", không bỏ lại số liệu nào."}
          </p>
          {move.fallen.length > 0 && <FallenTable fallen={move.fallen} caption={`Số liệu của ${move.form_name} không mang sang được`} />}
        </div>
      ))}
    </section>
  );
}
