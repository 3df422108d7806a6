import { Button, Tag } from "antd";

import { Loaded } from "@/shared/Loaded";

import { useValidation, type Check, type Report, type Validation } from "./api";

const SEVERITY = {
  error: { label: "Lỗi: phải sửa", colour: "red" },
  warning: { label: "Cảnh báo: cần giải trình", colour: "gold" },
  information: { label: "Lưu ý", colour: "blue" },
} as const;

const allOf = (found: Validation): Check[] => [...found.errors, ...found.warnings, ...found.information];

interface Props {
  report: Report;
  onGo: (form: string, row: string, column: string) => void;
}

export function ValidationTab({ report, onGo }: Props) {
  const checks = useValidation(report.id);
  return (
    <Loaded query={checks} empty={{ when: (data) => allOf(data).length === 0, words: "Không có lỗi hay cảnh báo nào." }}>
      {(data) => (
        <table className="plain-table">
          <caption className="visually-hidden">Kết quả kiểm tra số liệu</caption>
          <thead>
            <tr>
              <th scope="col">Mức</th>
              <th scope="col">Vị trí</th>
              <th scope="col">Nội dung</th>
            </tr>
          </thead>
          <tbody>
            {allOf(data).map((check, index) => (
              <CheckRow key={index} check={check} report={report} onGo={onGo} />
            ))}
          </tbody>
        </table>
      )}
    </Loaded>
  );
}

function CheckRow({ check, report, onGo }: { check: Check; report: Report; onGo: Props["onGo"] }) {
  const severity = SEVERITY[check.severity];
  const form = check.form_version_id ?? report.filings[0]?.form_version_id;
  const places = check.cells && check.cells.length > 0 ? check.cells : [check];
  return (
    <tr>
      <td className="nowrap">
        <Tag color={severity.colour}>{severity.label}</Tag>
      </td>
      <td>
        {places.map(({ sheet, row, column, a1 }, index) => {
          const place = [index === 0 && sheet, a1 && `ô ${a1}`].filter(Boolean).join(", ");
          return form && row && column ? (
            <Button key={index} type="link" size="small" onClick={() => onGo(form, row, column)}>
              {place || "Đến ô"}
            </Button>
          ) : (
            <span key={index}>{place}</span>
          );
        })}
      </td>
      <td>
        {check.rule && <b>Quy tắc {check.rule}: </b>}
        {check.message}
      </td>
    </tr>
  );
}
