import { Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";

import { holds, useMe } from "@/api/me";
import { moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";
import { ProblemView } from "@/shared/ProblemView";

import { registerSet, useSetChange, useSets } from "./sets";

/** Sets of indicators (bộ chỉ số): what a plan, a programme or a reviewer follows together. */
export function SetsPage() {
  const me = useMe().data;
  const editable = holds(me, "form_designer", "province_admin");
  const [q, setQ] = useState("");
  const [making, setMaking] = useState(false);
  const sets = useSets(q);
  return (
    <>
      <PageTitle
        title="Bộ chỉ số"
        extra={
          <>
            <Link to="/chi-tieu">Danh mục chỉ tiêu</Link>
            {editable && (
              <Button type="primary" onClick={() => setMaking(true)}>
                Lập bộ chỉ số
              </Button>
            )}
          </>
        }
      >
        <p className="muted">Mỗi bộ gồm các nhóm và chỉ tiêu theo thứ tự, có trọng số nếu cần.</p>
      </PageTitle>
      <div className="filters no-print">
        <Input.Search className="filter-text" allowClear aria-label="Tìm bộ chỉ số" placeholder="Mã, tên bộ chỉ số" onSearch={(value) => setQ(value.trim())} />
      </div>
      <Loaded query={sets} empty={{ when: (data) => data.items.length === 0, words: q ? `Không có bộ chỉ số nào như “${q}”.` : `Chưa có bộ chỉ số nào.${editable ? " Bấm “Lập bộ chỉ số” để lập bộ đầu tiên." : ""}` }}>
        {(data) => (
          <table className="plain-table">
            <caption className="visually-hidden">Các bộ chỉ số</caption>
            <thead>
              <tr>
                <th scope="col">Mã</th>
                <th scope="col">Tên</th>
                <th scope="col">Sửa lần cuối</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((set) => (
                <tr key={set.id}>
                  <td className="nowrap">{set.code}</td>
                  <td>
                    <Link to={`/chi-tieu/bo/${set.id}`}>{set.name}</Link>
                  </td>
                  <td className="nowrap">
                    {moment(set.changed_at)} (lần {set.version})
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      {making && <NewSet onClose={() => setMaking(false)} />}
    </>
  );
}

function NewSet({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const make = useSetChange(() => registerSet({ code, name, note: "", groups: [] }));
  const missing = code.trim() === "" || name.trim() === "";
  const done = () => !missing && !make.isPending && make.mutate(undefined, { onSuccess: (made) => void navigate(`/chi-tieu/bo/${made.id}`) });
  return (
    <Modal
      open
      title="Lập bộ chỉ số"
      okText="Lập"
      cancelText="Đóng"
      okButtonProps={{ loading: make.isPending, disabled: missing }}
      onOk={done}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label="Mã" htmlFor="set-code" required>
          <Input id="set-code" autoFocus value={code} onPressEnter={done} onChange={(event) => setCode(event.target.value)} />
        </Form.Item>
        <Form.Item label="Tên" htmlFor="set-name" required>
          <Input id="set-name" value={name} onPressEnter={done} onChange={(event) => setName(event.target.value)} />
        </Form.Item>
      </Form>
      {make.isError && <ProblemView error={make.error} />}
    </Modal>
  );
}
