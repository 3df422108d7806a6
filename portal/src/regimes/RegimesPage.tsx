import { Button, Form, Input, Modal, Select, Tag } from "antd";
import { useMemo, useState } from "react";
import { Link, useNavigate } from "react-router";

import { holds, useMe } from "@/api/me";
import { useRegimes } from "@/progress/api";
import { day } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { compareVietnamese } from "@/shared/order";
import { PageTitle } from "@/shared/PageTitle";
import { ProblemView } from "@/shared/ProblemView";

import { draftRegime, KINDS, REGIME_STATES, useRegimeChange } from "./api";

const COLOURS = { draft: "gold", published: "green", closed: "default" } as const;

export function RegimesPage() {
  const me = useMe().data;
  const [making, setMaking] = useState(false);
  const regimes = useRegimes();
  const sorted = useMemo(() => [...(regimes.data?.items ?? [])].sort((a, b) => compareVietnamese(a.name, b.name)), [regimes.data]);
  return (
    <>
      <PageTitle
        title="Chế độ báo cáo"
        extra={
          holds(me, "regime_owner") && (
            <Button type="primary" onClick={() => setMaking(true)}>
              Lập chế độ báo cáo
            </Button>
          )
        }
      />
      <Loaded query={regimes} empty={{ when: (data) => data.items.length === 0, words: "Chưa có chế độ báo cáo nào." }}>
        {() => (
          <table className="plain-table">
            <caption className="visually-hidden">Các chế độ báo cáo</caption>
            <thead>
              <tr>
                <th scope="col">Mã</th>
                <th scope="col">Tên</th>
                <th scope="col">Loại</th>
                <th scope="col">Tình trạng</th>
                <th scope="col">Công bố</th>
              </tr>
            </thead>
            <tbody>
              {sorted.map((regime) => (
                <tr key={regime.id}>
                  <td className="nowrap">{regime.code}</td>
                  <td>
                    <Link to={`/che-do/${regime.id}`}>{regime.name}</Link>
                  </td>
                  <td>{KINDS.find((kind) => kind.value === regime.kind)?.label}</td>
                  <td>
                    <Tag color={COLOURS[regime.state]}>{REGIME_STATES[regime.state]}</Tag>
                  </td>
                  <td>{day(regime.published_at)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      {making && <NewRegime onClose={() => setMaking(false)} />}
    </>
  );
}

function NewRegime({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const me = useMe().data;
  const [name, setName] = useState("");
  const [kind, setKind] = useState("periodic");
  const draft = useRegimeChange(draftRegime);
  return (
    <Modal
      open
      title="Lập chế độ báo cáo"
      okText="Lập bản nháp"
      cancelText="Không"
      okButtonProps={{ disabled: name.trim() === "", loading: draft.isPending }}
      onOk={() => draft.mutate({ name: name.trim(), kind, lead_unit_id: me?.unit?.id ?? null }, { onSuccess: ({ id }) => void navigate(`/che-do/${id}`) })}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label="Tên chế độ báo cáo" htmlFor="regime-name" required>
          <Input id="regime-name" value={name} onChange={(event) => setName(event.target.value)} />
        </Form.Item>
        <Form.Item label="Loại" htmlFor="regime-kind">
          <Select id="regime-kind" value={kind} onChange={setKind} options={KINDS} />
        </Form.Item>
      </Form>
      {draft.isError && <ProblemView error={draft.error} />}
    </Modal>
  );
}
