import { App, Button, Steps, Tag } from "antd";
import { Link, useParams } from "react-router";

import { download } from "@/api/http";
import { asProblem } from "@/api/problem";
import { moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";

import { ACTIONS, CONTENTS, PARTIES, STATES, useRegistration, type Action, type Registration } from "./api";
import { AskedForm } from "./AskedForm";
import { StepForm } from "./StepForm";

export function RegistrationPage() {
  const { id = "" } = useParams();
  const found = useRegistration(id);
  return <Loaded query={found}>{(data) => <Desk key={data.version} found={data} />}</Loaded>;
}

/** How far along the province's own steps a state is. */
const REACHED: Record<string, number> = { returned: 0, sent: 1, building: 2, in_trial: 3, confirmed: 4 };

function Desk({ found }: { found: Registration }) {
  const { message } = App.useApp();
  const after = { published: "publish", announced: "announce", assigned: "assign" }[found.state as "published"];
  const current = after ? found.order.indexOf(after) + 1 : Math.min(REACHED[found.state] ?? 0, found.order.indexOf("publish"));
  const steps = found.may.filter((action) => action !== "send");
  return (
    <>
      <PageTitle title={`Đăng ký biểu mẫu: ${found.asked.form_name}`}>
        <div className="report-head">
          <Tag color={found.state === "returned" ? "red" : found.waits_for ? "gold" : "green"}>{STATES[found.state]}</Tag>
          <span>{found.waits_for ? `Đang chờ ${PARTIES[found.waits_for]}` : "Đã xong mọi bước"}</span>
          <span>Bên thiết kế: {found.designer}</span>
          <span className="muted">Theo {found.rule}</span>
        </div>
      </PageTitle>
      <Steps size="small" current={current} items={found.order.map((step) => ({ title: ACTIONS[step as Action] }))} />
      {found.may.includes("send") ? <AskedForm again={found} onSent={() => void message.success("Đã gửi lại đăng ký.")} /> : <AskedTerms found={found} />}
      <div className="row-actions">
        <Button onClick={() => void download("catalog", `/registrations/${found.id}/workbook.xlsx`).catch((error: unknown) => message.error(asProblem(error).body.detail))}>
          Tải tệp {found.file_name}
        </Button>
        {found.form_version_id && found.state === "in_trial" && <Link to={`/dung-thu/${found.form_version_id}`}>Dùng thử biểu mẫu</Link>}
        {found.regime_id && <Link to={`/che-do/${found.regime_id}`}>Chế độ báo cáo đã giao</Link>}
      </div>
      {steps.map((action) => (
        <StepForm key={action} found={found} action={action} />
      ))}
      <h2>Các bước đã qua</h2>
      <table className="plain-table">
        <caption className="visually-hidden">Các bước đã qua của hồ sơ</caption>
        <thead>
          <tr>
            <th scope="col">Lúc</th>
            <th scope="col">Bước</th>
            <th scope="col">Người thực hiện</th>
            <th scope="col">Lý do, ghi chú</th>
          </tr>
        </thead>
        <tbody>
          {found.steps.map((step, index) => (
            <tr key={index}>
              <td className="nowrap">{moment(step.at)}</td>
              <td>{ACTIONS[step.action]}</td>
              <td>{step.name}</td>
              <td>{step.action === "announce" && found.notice ? `Văn bản số ${found.notice.number}` : step.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function AskedTerms({ found }: { found: Registration }) {
  const { asked } = found;
  const rows: [string, string | undefined][] = [
    ["Căn cứ pháp lý", asked.legal_basis],
    ["Đối tượng báo cáo", asked.reporting_units],
    ["Thời hạn gửi", asked.deadline],
    ["Cán bộ tổng hợp", asked.aggregator],
    ["Lãnh đạo duyệt", asked.approver],
    ["Dạng báo cáo", CONTENTS.find((item) => item.value === asked.content)?.label],
    ["Ghi chú", asked.note],
  ];
  return (
    <dl className="terms">
      {rows
        .filter(([, text]) => text)
        .map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  );
}
