import { useQuery } from "@tanstack/react-query";
import { Alert, App, Form, Input, Modal, Select } from "antd";
import { useMemo, useState } from "react";

import { call, newKey } from "@/api/http";
import { useMe } from "@/api/me";
import type { Page } from "@/api/types";
import { BeforeDeciding } from "@/difference/BeforeDeciding";
import { isSettled, useLastReturn } from "@/returns/history";
import { PinItems } from "@/returns/PinList";
import type { Pin, PinBoard } from "@/returns/pins";
import { usePins } from "@/returns/usePins";
import { compareVietnamese } from "@/shared/order";
import { ProblemView } from "@/shared/ProblemView";

import { wordsOf } from "./actionWords";
import { useValidation, type Check, type Report } from "./api";
import { lastSeen } from "./seen";
import { useAct } from "./useAct";

interface Props {
  report: Report;
  action: string;
  onClose: () => void;
}

interface Person {
  id: string;
  full_name: string;
  position_title?: string | null;
}

/** Asks what an act needs: a reason, a leader, explanations of warnings, or only a yes. */
export function ActionDialog({ report, action, onClose }: Props) {
  const { message } = App.useApp();
  const words = wordsOf(action);
  const [key] = useState(newKey);
  const [reason, setReason] = useState("");
  const [leader, setLeader] = useState<string | null>(null);
  const [explanations, setExplanations] = useState<Record<string, string>>({});
  const validation = useValidation(report.id, action === "submit");
  const warnings = validation.data?.warnings ?? [];
  const act = useAct(report.id);
  const { board, pins } = usePins(report);
  const returned = useLastReturn(report);
  const givesBack = action === "return" || action === "reject";
  const unsettled = action === "submit" ? (returned?.places ?? []).filter((place) => !isSettled(place)).length : 0;
  const asksReason = report.actions.find((item) => item.action === action)?.needs_reason ?? words.asks === "reason";
  const asksLeader = words.asks === "leader";
  const missing = warnings.filter((warning) => !(explanations[checkKey(warning)] ?? "").trim());
  const ready = (!asksReason || reason.trim() !== "") && missing.length === 0;

  const confirm = () =>
    act.mutate(
      {
        action,
        version: report.version,
        key,
        body: {
          ...(reason.trim() && { [asksReason ? "reason" : "comment"]: reason.trim() }),
          ...(givesBack && pins.length > 0 && { places: board.places() }),
          ...(leader && { to_account_id: leader }),
          ...(action === "submit" && { last_edit: lastSeen(report.id) ?? report.last_edit }),
          ...(warnings.length > 0 && { explanations: warnings.map((warning) => ({ ...placeOf(warning), text: explanations[checkKey(warning)]?.trim() })) }),
        },
      },
      {
        onSuccess: () => {
          if (givesBack) board.clear();
          void message.success(`Đã thực hiện: ${words.label}.`);
          onClose();
        },
      },
    );

  return (
    <Modal
      open
      width={report.revision > 1 ? 860 : 560}
      title={words.label}
      okText={words.label}
      cancelText="Không"
      okButtonProps={{ danger: words.danger ?? false, disabled: !ready, loading: act.isPending }}
      onOk={confirm}
      onCancel={onClose}
    >
      <p>
        {report.regime.name}, {report.period.label}, {report.unit.name}.
      </p>
      {words.explain && <p>{words.explain}</p>}
      {unsettled > 0 && <Alert type="warning" showIcon title={`Còn ${unsettled} chỗ bị trả lại chưa đánh dấu đã xử lý. Vẫn trình được; người duyệt sẽ thấy.`} />}
      <BeforeDeciding report={report} action={action} />
      {givesBack && <MarkedPlaces board={board} pins={pins} />}
      <Form layout="vertical">
        {asksLeader && <LeaderField report={report} value={leader} onChange={setLeader} />}
        {warnings.map((warning) => (
          <Form.Item key={checkKey(warning)} required label={`Giải trình: ${warning.a1 ? `ô ${warning.a1}, ` : ""}${warning.message}`}>
            <Input.TextArea
              rows={2}
              value={explanations[checkKey(warning)] ?? ""}
              onChange={(event) => setExplanations({ ...explanations, [checkKey(warning)]: event.target.value })}
            />
          </Form.Item>
        ))}
        {(asksReason || ["approve", "approve_figures", "accept", "recall"].includes(action)) && (
          <Form.Item label={givesBack ? "Lý do chung" : asksReason ? "Lý do" : "Ý kiến (nếu có)"} required={asksReason} htmlFor="reason">
            <Input.TextArea id="reason" rows={4} autoFocus value={reason} onChange={(event) => setReason(event.target.value)} />
          </Form.Item>
        )}
      </Form>
      {act.isError && <ProblemView error={act.error} />}
    </Modal>
  );
}

function MarkedPlaces({ board, pins }: { board: PinBoard; pins: readonly Pin[] }) {
  if (pins.length === 0) {
    return <p className="muted">Muốn chỉ rõ từng ô: đóng hộp này, chọn ô trong bảng rồi nhấn Shift+F2 (hoặc nút “Đánh dấu ô cần sửa”).</p>;
  }
  return (
    <>
      <b>Chỗ cần sửa ({pins.length})</b>
      <PinItems board={board} pins={pins} />
    </>
  );
}

function LeaderField({ report, value, onChange }: { report: Report; value: string | null; onChange: (id: string) => void }) {
  const me = useMe().data;
  const leaders = useQuery({
    queryKey: ["identity", "accounts", "approve", report.unit.id],
    queryFn: () => call<Page<Person>>("identity", "/accounts", { query: { right: "approve", unit_id: report.unit.id } }),
  });
  const options = useMemo(
    () =>
      (leaders.data?.items ?? [])
        .filter((person) => person.id !== me?.account.id)
        .sort((a, b) => compareVietnamese(a.full_name, b.full_name))
        .map((person) => ({ value: person.id, label: [person.full_name, person.position_title].filter(Boolean).join(" – ") })),
    [leaders.data, me],
  );
  return (
    <Form.Item label="Trình đến lãnh đạo" htmlFor="leader" extra={leaders.isError ? "Chưa lấy được danh sách lãnh đạo; có thể trình không nêu tên." : undefined}>
      <Select
        id="leader"
        value={value}
        onChange={onChange}
        options={options}
        loading={leaders.isPending}
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        placeholder="Chọn lãnh đạo (để trống: lãnh đạo của đơn vị)"
      />
    </Form.Item>
  );
}

const checkKey = (check: Check): string => [check.form_version_id, check.code, check.row, check.column].join("/");
const placeOf = ({ form_version_id, code, row, column }: Check) => ({ form_version_id, code, row, column });
