import { Button, Input, Modal, Select } from "antd";
import { useState } from "react";

import type { Report } from "@/reports/api";
import { DayField } from "@/shared/DayField";
import { day, moment } from "@/shared/dates";
import { ProblemView } from "@/shared/ProblemView";

import { useIncidents, useSendByDocument } from "./api";

/** For the sender, where an outage is declared: this report has gone by e-document already. */
export function SendByDocument({ report }: { report: Report }) {
  const maySend = report.actions.some((action) => action.action === "send" && action.allowed);
  const incidents = useIncidents().data ?? [];
  const [open, setOpen] = useState(false);
  if (!maySend || incidents.length === 0) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Đã gửi bằng văn bản khi gián đoạn</Button>
      {open && <Dialog report={report} onClose={() => setOpen(false)} />}
    </>
  );
}

function Dialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const incidents = useIncidents().data ?? [];
  const [incident, setIncident] = useState(incidents[0]?.id ?? "");
  const [number, setNumber] = useState("");
  const [issuedOn, setIssuedOn] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const sending = useSendByDocument(report, onClose);
  const chosen = incidents.find((one) => one.id === incident);
  return (
    <Modal
      open
      title="Gửi báo cáo đã gửi bằng văn bản"
      okText="Gửi"
      okButtonProps={{ disabled: !incident || !number.trim() || !issuedOn || !file, loading: sending.isPending }}
      onOk={() => file && sending.mutate({ incident_id: incident, number, issued_on: issuedOn, file })}
      onCancel={onClose}
    >
      <p>Đúng hạn hay không được tính theo ngày văn bản{chosen ? ` (${chosen.article})` : ""}, không theo lúc cập nhật.</p>
      <div className="maintenance-form">
        <label>
          Sự cố
          <Select
            className="wide"
            value={incident}
            onChange={setIncident}
            options={incidents.map((one) => ({ value: one.id, label: `${one.title}: ${moment(one.from_at)} – ${moment(one.to_at)}` }))}
          />
        </label>
        {chosen && (
          <p className="muted">
            Ghi nhận theo {chosen.document_number} ngày {day(chosen.document_on)}
          </p>
        )}
        <label>
          Số, ký hiệu văn bản đã gửi
          <Input value={number} maxLength={100} onChange={(event) => setNumber(event.target.value)} />
        </label>
        <label>
          Ngày văn bản
          <DayField value={issuedOn} onChange={setIssuedOn} />
        </label>
        <label>
          Tệp văn bản (PDF)
          <input type="file" accept="application/pdf" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />
        </label>
      </div>
      {sending.isError && <ProblemView error={sending.error} />}
    </Modal>
  );
}
