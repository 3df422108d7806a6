import { Button, Table } from "antd";
import { useState } from "react";

import { holds, useMe } from "@/api/me";
import { day, moment, span } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";

import { DeclareForm } from "./DeclareForm";
import { useIncidents, useOutages, type Outage } from "./api";

/** Outages declared by a document; for the administrator also what the system recorded, to declare from. */
export function IncidentsPage() {
  const mayDeclare = holds(useMe().data, "province_admin");
  const incidents = useIncidents();
  return (
    <>
      <PageTitle title="Sự cố Hệ thống đã ghi nhận">
        <p className="muted">
          Báo cáo gửi bằng văn bản điện tử trong thời gian gián đoạn đã ghi nhận được cập nhật sau; đúng hạn hay không tính theo ngày văn bản.{" "}
          <a href="/trang-thai">Xem tình trạng hoạt động</a>
        </p>
      </PageTitle>
      <Loaded query={incidents}>
        {(items) => (
          <Table
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={items}
            locale={{ emptyText: "Chưa ghi nhận sự cố nào." }}
            columns={[
              {
                title: "Sự cố",
                render: (_, one) => (
                  <>
                    <b>{one.title}</b>
                    <div>{one.reason}</div>
                    {one.recorded && <div className="muted">Hệ thống ghi nhận: {one.recorded}</div>}
                  </>
                ),
              },
              { title: "Từ", render: (_, one) => moment(one.from_at) },
              { title: "Đến", render: (_, one) => moment(one.to_at) },
              { title: "Văn bản", render: (_, one) => `${one.document_number} ngày ${day(one.document_on)}` },
              { title: "Căn cứ", dataIndex: "article" },
              { title: "Người ghi nhận", render: (_, one) => `${one.declared_by_name}, ${moment(one.declared_at)}` },
            ]}
          />
        )}
      </Loaded>
      {mayDeclare && <Proposals />}
    </>
  );
}

function Proposals() {
  const outages = useOutages();
  const [chosen, setChosen] = useState<Outage | null>(null);
  return (
    <section className="no-print" aria-label="Ghi nhận sự cố">
      <h2>Hệ thống tự ghi nhận</h2>
      <Loaded query={outages}>
        {(items) => (
          <Table
            size="small"
            rowKey="id"
            pagination={{ pageSize: 10, hideOnSinglePage: true }}
            dataSource={items}
            locale={{ emptyText: "Không có lần gián đoạn nào." }}
            columns={[
              { title: "Bộ phận", dataIndex: "name" },
              { title: "Từ", render: (_, one) => moment(one.from_at) },
              { title: "Đến", render: (_, one) => moment(one.to_at) },
              { title: "Kéo dài", render: (_, one) => span(new Date(one.to_at ?? one.from_at).getTime() - new Date(one.from_at).getTime()) },
              { title: "Ghi nhận được", dataIndex: "fault" },
              {
                title: "Việc",
                render: (_, one) => (
                  <Button size="small" onClick={() => setChosen(one)}>
                    Lập ghi nhận
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      <DeclareForm key={chosen?.id ?? 0} outage={chosen} onDone={() => setChosen(null)} />
    </section>
  );
}
