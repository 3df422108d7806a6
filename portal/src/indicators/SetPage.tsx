import { App, Button, Input, Popconfirm } from "antd";
import { useMemo, useState } from "react";
import { Link, useParams } from "react-router";

import { download } from "@/api/http";
import { holds, useMe } from "@/api/me";
import { asProblem } from "@/api/problem";
import { moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";
import { ProblemView } from "@/shared/ProblemView";

import { SetGroupView, type Known } from "./SetGroupView";
import { changeSet, moved, useSet, useSetChange, type IndicatorSet, type SetBody, type SetGroup } from "./sets";

export function SetPage() {
  const { id = "" } = useParams();
  const set = useSet(id);
  return <Loaded query={set}>{(data) => <SetDesk key={`${data.id}/${data.version}`} set={data} />}</Loaded>;
}

/** A set is changed here and saved as a whole, so that nobody reads it half changed. */
function SetDesk({ set }: { set: IndicatorSet }) {
  const me = useMe().data;
  const { message } = App.useApp();
  const editable = holds(me, "form_designer", "province_admin");
  const [name, setName] = useState(set.name);
  const [note, setNote] = useState(set.note);
  const [groups, setGroups] = useState<SetGroup[]>(set.groups);
  const known: Known = useMemo(() => new Map(set.indicators.map((one) => [one.id, one])), [set.indicators]);
  const body: SetBody = { name, note, groups };
  const changed = JSON.stringify(body) !== JSON.stringify({ name: set.name, note: set.note, groups: set.groups });
  const save = useSetChange((given: SetBody) => changeSet(set, given));
  const count = groups.reduce((sum, group) => sum + group.items.length, 0);
  const put = (index: number, group: SetGroup) => setGroups(groups.map((one, at) => (at === index ? group : one)));
  const structures = () => void download("catalog", `/indicator-sets/${set.id}/structures.xml`).catch((error: unknown) => message.error(asProblem(error).body.detail));
  return (
    <>
      <PageTitle
        title={`${set.code} – ${set.name}`}
        extra={
          <>
            <Link to="/chi-tieu/bo">Các bộ chỉ số</Link>
            <Button onClick={structures}>Cấu trúc SDMX</Button>
            {editable && (
              <Button
                type="primary"
                disabled={!changed || name.trim() === "" || groups.some((group) => group.name.trim() === "")}
                loading={save.isPending}
                onClick={() => save.mutate(body, { onSuccess: () => void message.success("Đã lưu bộ chỉ số.") })}
              >
                Lưu bộ chỉ số
              </Button>
            )}
          </>
        }
      >
        <p className="muted">
          {groups.length} nhóm, {count} chỉ tiêu; sửa lần cuối {moment(set.changed_at)} (lần {set.version}).{changed && " Có thay đổi chưa lưu."}
        </p>
      </PageTitle>
      {save.isError && <ProblemView error={save.error} />}
      {editable && (
        <div className="filters no-print">
          <Input className="filter-text" aria-label="Tên bộ chỉ số" value={name} onChange={(event) => setName(event.target.value)} />
          <Input className="filter-text" aria-label="Ghi chú" placeholder="Ghi chú, văn bản quy định" value={note} onChange={(event) => setNote(event.target.value)} />
        </div>
      )}
      {!editable && set.note && <p>{set.note}</p>}
      {groups.map((group, index) => (
        <SetGroupView
          key={index}
          group={group}
          known={known}
          editable={editable}
          onChange={(next) => put(index, next)}
          onMove={(by) => setGroups(moved(groups, index, by))}
          onRemove={() => setGroups(groups.filter((_, at) => at !== index))}
          taken={groups.flatMap((one) => one.items.map((item) => item.indicator_id))}
        />
      ))}
      {groups.length === 0 && <p className="muted">Bộ này chưa có nhóm nào.</p>}
      {editable && (
        <p className="no-print">
          <Button onClick={() => setGroups([...groups, { name: `Nhóm ${groups.length + 1}`, weight: null, items: [] }])}>Thêm nhóm</Button>{" "}
          {changed && (
            <Popconfirm
              title="Bỏ các thay đổi chưa lưu?"
              okText="Bỏ"
              cancelText="Không"
              onConfirm={() => {
                setName(set.name);
                setNote(set.note);
                setGroups(set.groups);
              }}
            >
              <Button>Bỏ thay đổi</Button>
            </Popconfirm>
          )}
        </p>
      )}
    </>
  );
}
