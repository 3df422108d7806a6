import { Alert, Empty, Tag } from "antd";

import type { Report } from "@/reports/api";
import { day } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { sentence } from "@/shared/states";

import { useRequests, type SigningRequest } from "./api";
import { DocumentView } from "./DocumentView";
import { PinForm } from "./PinForm";
import { SignaturesView } from "./SignaturesView";

const COLOURS: Record<SigningRequest["state"], string> = {
  waiting_leader: "gold",
  waiting_agency: "blue",
  issued: "green",
  refused: "red",
  void: "default",
};

export function SigningTab({ report }: { report: Report }) {
  const requests = useRequests(report.id);
  return (
    <Loaded query={requests}>
      {({ items }) => {
        const current = items.find((item) => item.state !== "void") ?? items[0];
        if (!current) {
          return (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description="Chưa có văn bản để ký. Văn bản được lập ngay sau khi lãnh đạo duyệt báo cáo."
            />
          );
        }
        return <RequestView report={report} request={current} older={items.filter((item) => item !== current)} />;
      }}
    </Loaded>
  );
}

function RequestView({ report, request, older }: { report: Report; request: SigningRequest; older: SigningRequest[] }) {
  return (
    <div className="signing">
      <div className="report-head">
        <span>
          Văn bản của lần trình {request.revision}: <Tag color={COLOURS[request.state]}>{sentence(request.state_name)}</Tag>
        </span>
        {request.number && (
          <span>
            Số, ký hiệu: <b>{request.number}</b>
          </span>
        )}
        {request.issued_on && <span>Ngày: {day(request.issued_on)}</span>}
      </div>
      {request.state === "refused" && <Alert type="error" showIcon title={`Bị từ chối ký: ${request.reason}`} />}
      <PinForm report={report} request={request} />
      {request.signatures.length > 0 && <SignaturesView request={request} />}
      <DocumentView requestId={request.id} version={request.version} />
      {older.length > 0 && (
        <p className="muted">
          Văn bản của các lần trước, không còn giá trị:{" "}
          {older.map((item) => `lần trình ${item.revision}${item.number ? ` (số ${item.number})` : ""}`).join("; ")}.
        </p>
      )}
    </div>
  );
}
