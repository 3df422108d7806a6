import { Button, Table } from "antd";
import { useState } from "react";

import { day, moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";
import { ProblemView } from "@/shared/ProblemView";

import { AnnounceForm } from "./AnnounceForm";
import { end, useMaintenanceAct, useMaintenances, type Maintenance } from "./api";
import { CancelDialog, DraftDialog, RecordDialog } from "./dialogs";

const STAGES: Record<string, string> = { planned: "Đã thông báo", under_way: "Đang diễn ra", ended: "Đã kết thúc", cancelled: "Đã hủy" };

type Asked = { what: "draft" | "record" | "cancel"; of: Maintenance } | null;

/** The administrator's: announce a maintenance, take its draft notice, end it early, give it up. */
export function MaintenancePage() {
  const all = useMaintenances();
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const ending = useMaintenanceAct(end, close);
  return (
    <>
      <PageTitle title="Bảo trì Hệ thống">
        <p className="muted">Trong lúc bảo trì, mọi người của tỉnh chỉ xem được; số liệu đang nhập được giữ trên máy của người nhập.</p>
      </PageTitle>
      <AnnounceForm />
      <h2>Các đợt bảo trì</h2>
      {ending.isError && <ProblemView error={ending.error} />}
      <Loaded query={all}>
        {(items) => (
          <Table
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={items}
            locale={{ emptyText: "Chưa có đợt bảo trì nào." }}
            columns={[
              {
                title: "Nội dung",
                render: (_, one) => (
                  <>
                    <b>{one.title}</b>
                    <div className="muted">{one.what}</div>
                    {one.emergency_reason && <div>Khẩn cấp: {one.emergency_reason}</div>}
                    {one.close_reason && <div>Lý do hủy: {one.close_reason}</div>}
                  </>
                ),
              },
              { title: "Từ", render: (_, one) => moment(one.starts_at) },
              { title: "Đến", render: (_, one) => moment(one.ends_at) },
              { title: "Tình trạng", render: (_, one) => STAGES[one.stage] ?? one.stage },
              {
                title: "Thông báo",
                render: (_, one) => (
                  <>
                    {moment(one.announced_at)}, {one.announced_by}
                    <div className="muted">{one.document ? `Văn bản ${one.document.number} ngày ${day(one.document.issued_on)}` : "Chưa ghi số văn bản"}</div>
                  </>
                ),
              },
              {
                title: "Việc",
                className: "no-print",
                render: (_, one) => (
                  <div className="maintenance-acts">
                    <Button size="small" onClick={() => setAsked({ what: "draft", of: one })}>
                      Dự thảo thông báo
                    </Button>
                    <Button size="small" onClick={() => setAsked({ what: "record", of: one })}>
                      Ghi số văn bản
                    </Button>
                    {one.stage === "planned" && (
                      <Button size="small" danger onClick={() => setAsked({ what: "cancel", of: one })}>
                        Hủy
                      </Button>
                    )}
                    {one.stage === "under_way" && (
                      <Button size="small" type="primary" loading={ending.isPending} onClick={() => ending.mutate(one)}>
                        Kết thúc sớm
                      </Button>
                    )}
                  </div>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {asked?.what === "draft" && <DraftDialog one={asked.of} onClose={close} />}
      {asked?.what === "record" && <RecordDialog one={asked.of} onClose={close} />}
      {asked?.what === "cancel" && <CancelDialog one={asked.of} onClose={close} />}
    </>
  );
}
