import { Button, Modal, Tag } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";

import { holds, useMe } from "@/api/me";
import { day } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";

import { PARTIES, STATES, useRegistrations } from "./api";
import { AskedForm } from "./AskedForm";

export function RegistrationsPage() {
  const navigate = useNavigate();
  const me = useMe().data;
  const [sending, setSending] = useState(false);
  const found = useRegistrations();
  return (
    <>
      <PageTitle
        title="Đăng ký biểu mẫu"
        extra={
          holds(me, "regime_owner", "province_admin") && (
            <Button type="primary" onClick={() => setSending(true)}>
              Đăng ký biểu mẫu mới
            </Button>
          )
        }
      />
      <Loaded query={found} empty={{ when: (data) => data.items.length === 0, words: "Chưa có hồ sơ đăng ký nào." }}>
        {(data) => (
          <table className="plain-table">
            <caption className="visually-hidden">Các hồ sơ đăng ký biểu mẫu</caption>
            <thead>
              <tr>
                <th scope="col">Biểu mẫu</th>
                <th scope="col">Gửi ngày</th>
                <th scope="col">Tình trạng</th>
                <th scope="col">Đang chờ</th>
                <th scope="col">Bước gần nhất</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((one) => (
                <tr key={one.id}>
                  <td>
                    <Link to={`/dang-ky/${one.id}`}>{one.asked.form_name}</Link>
                  </td>
                  <td className="nowrap">{day(one.created_at)}</td>
                  <td>
                    <Tag color={one.state === "returned" ? "red" : one.waits_for ? "gold" : "green"}>{STATES[one.state]}</Tag>
                  </td>
                  <td>{one.waits_for ? PARTIES[one.waits_for] : "đã xong"}</td>
                  <td>
                    {one.steps.at(-1)?.name}, {day(one.steps.at(-1)?.at)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      {sending && (
        <Modal open title="Đăng ký biểu mẫu mới" footer={null} width={720} onCancel={() => setSending(false)}>
          <AskedForm onSent={(id) => void navigate(`/dang-ky/${id}`)} />
        </Modal>
      )}
    </>
  );
}
