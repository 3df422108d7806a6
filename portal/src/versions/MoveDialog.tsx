import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Modal } from "antd";
import { useEffect, useState } from "react";

import { keptEdits } from "@/filing/keep";
import { shownValue } from "@/filing/entries";
import type { Report } from "@/reports/api";
import { Loaded } from "@/shared/Loaded";
import { ProblemView } from "@/shared/ProblemView";

import { fallenIn, useFormMoves, useMoveForms, type FormMove, type FormMoves } from "./api";
import { FallenTable } from "./FallenTable";

interface Props {
  report: Report;
  accountId: string;
  onMoved: () => void;
  onClose: () => void;
}

/** What moving would keep, lose and ask for; it happens only by the button below, after what has no place was seen. */
export function MoveDialog({ report, accountId, onMoved, onClose }: Props) {
  const moves = useFormMoves(report);
  const { refetch } = moves;
  useEffect(() => void refetch(), [refetch]);
  return (
    <Modal open width={900} title="Chuyển sang phiên bản mới của biểu mẫu" onCancel={onClose} footer={null}>
      <Loaded query={moves} empty={{ when: (data) => data.waiting.length === 0, words: "Báo cáo đã theo phiên bản đang dùng của mọi biểu." }}>
        {(data) => <Preview key={data.last_edit} report={report} accountId={accountId} moves={data} onMoved={onMoved} onClose={onClose} />}
      </Loaded>
    </Modal>
  );
}

function Preview({ report, accountId, moves, onMoved, onClose }: Props & { moves: FormMoves }) {
  const { message } = App.useApp();
  const fallen = fallenIn(moves);
  const [seen, setSeen] = useState(false);
  const unsaved = useUnsaved(report, accountId, moves);
  const move = useMoveForms(report, () => {
    void message.success("Đã chuyển sang phiên bản mới của biểu mẫu.");
    onMoved();
    onClose();
  });
  return (
    <>
      {moves.waiting.map((form) => (
        <FormPreview key={form.to_version_id} form={form} />
      ))}
      {unsaved > 0 && <Alert type="warning" showIcon title={`Còn ${unsaved} ô vừa gõ mà máy chủ chưa nhận. Đóng hộp này, chờ lưu xong rồi xem lại.`} />}
      {move.isError && <ProblemView error={move.error} />}
      <div className="dialog-actions">
        {fallen > 0 && (
          <Checkbox checked={seen} onChange={(event) => setSeen(event.target.checked)}>
            Tôi đã xem {fallen} số liệu không mang sang được
          </Checkbox>
        )}
        <Button onClick={onClose}>Để sau, giữ phiên bản cũ</Button>
        <Button type="primary" disabled={unsaved > 0 || (fallen > 0 && !seen)} loading={move.isPending} onClick={() => move.mutate(moves)}>
          Đồng ý chuyển
        </Button>
      </div>
    </>
  );
}

/** Cells typed in the old version that only this browser has: they would have no form left to be saved into. */
function useUnsaved(report: Report, accountId: string, moves: FormMoves): number {
  const places = moves.waiting.map((form) => ({ accountId, reportId: report.id, formVersionId: form.from_version_id }));
  const kept = useQuery({
    queryKey: ["kept-edits", report.id, places.map((place) => place.formVersionId)],
    queryFn: async () => (await Promise.all(places.map((place) => keptEdits(place).catch(() => [])))).flat().length,
    refetchInterval: 1_000,
    gcTime: 0,
  });
  return kept.data ?? 0;
}

function FormPreview({ form }: { form: FormMove }) {
  return (
    <section>
      <h3>
        {form.form_name}: phiên bản {form.from_number} → {form.to_number}
      </h3>
      <p>
        Mang sang được {form.kept} ô. {form.fallen.length > 0 ? `${form.fallen.length} số liệu không có chỗ ở phiên bản mới:` : "Mọi số liệu đã nhập đều có chỗ ở phiên bản mới."}
      </p>
      {form.fallen.length > 0 && (
        <>
          <FallenTable fallen={form.fallen} caption={`Số liệu của ${form.form_name} không mang sang được`} />
          <p className="muted">Các số liệu này không mất: xem lại được ở mục Lịch sử của báo cáo.</p>
        </>
      )}
      {form.new_cells.length > 0 && (
        <details>
          <summary>{form.new_cells.length} ô nhập mới, còn trống</summary>
          <ul className="places">
            {form.new_cells.map((cell) => (
              <li key={`${cell.row}/${cell.column}`}>{cell.place}</li>
            ))}
          </ul>
        </details>
      )}
      {form.totals.length > 0 && (
        <details>
          <summary>{form.totals.length} ô tính cho kết quả khác</summary>
          <table className="plain-table">
            <caption className="visually-hidden">Ô tính cho kết quả khác ở phiên bản mới</caption>
            <thead>
              <tr>
                <th scope="col">Ô</th>
                <th scope="col">Đang là</th>
                <th scope="col">Sẽ là</th>
              </tr>
            </thead>
            <tbody>
              {form.totals.map((total) => (
                <tr key={`${total.row}/${total.column}`}>
                  <td>{total.place}</td>
                  <td className="number">{shownValue(total.before, undefined) || "(trống)"}</td>
                  <td className="number">{shownValue(total.after, undefined) || "(trống)"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  );
}
