import { Alert, App, Button, Input } from "antd";
import { useMemo } from "react";
import { Link, useParams } from "react-router";

import { download } from "@/api/http";
import { holds, useMe } from "@/api/me";
import { asProblem } from "@/api/problem";
import { moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";
import { ProblemView } from "@/shared/ProblemView";
import { Unsaved } from "@/shared/Unsaved";
import { useDraft } from "@/shared/useDraft";

import { bodyOf, draftOf, newGroup, whyNotSaved, type DraftGroup } from "./setDraft";
import { SetGroupView, type Known } from "./SetGroupView";
import { changeSet, moved, useSet, useSetChange, type IndicatorSet, type SetBody } from "./sets";

export function SetPage() {
  const { id = "" } = useParams();
  const set = useSet(id);
  return <Loaded query={set}>{(data) => <SetDesk key={data.id} set={data} />}</Loaded>;
}

/** A set is changed here and saved as a whole, so that nobody reads it half changed. */
function SetDesk({ set }: { set: IndicatorSet }) {
  const me = useMe().data;
  const { message } = App.useApp();
  const editable = holds(me, "form_designer", "province_admin");
  const open = useDraft({ key: `indicator-set/${set.id}`, saved: set, read: draftOf, mark: versionOf });
  const { base, changed, value: draft, put: setDraft } = open;
  const { groups } = draft;
  const known: Known = useMemo(() => new Map(set.indicators.map((one) => [one.id, one])), [set.indicators]);
  const save = useSetChange((given: SetBody) => changeSet(base, given));
  const fault = whyNotSaved(draft);
  const count = groups.reduce((sum, group) => sum + group.items.length, 0);
  const setGroups = (next: DraftGroup[]) => setDraft({ ...draft, groups: next });
  const put = (index: number, group: DraftGroup) => setGroups(groups.map((one, at) => (at === index ? group : one)));
  const keep = () => {
    open.drop();
    void message.success("Đã lưu bộ chỉ số.");
  };
  const structures = () => void download("catalog", `/indicator-sets/${set.id}/structures.xml`).catch((error: unknown) => message.error(asProblem(error).body.detail));
  return (
    <>
      <PageTitle
        title={`${set.code} – ${base.name}`}
        extra={
          <>
            <Link to="/chi-tieu/bo">Các bộ chỉ số</Link>
            <Button onClick={structures}>Cấu trúc SDMX</Button>
            {editable && (
              <Button type="primary" disabled={!changed || open.overtaken || fault !== null} loading={save.isPending} onClick={() => save.mutate(bodyOf(draft), { onSuccess: keep })}>
                Lưu bộ chỉ số
              </Button>
            )}
          </>
        }
      >
        <p className="muted">
          {groups.length} nhóm, {count} chỉ tiêu; sửa lần cuối {moment(base.changed_at)} (lần {base.version}).
        </p>
      </PageTitle>
      {save.isError && <ProblemView error={save.error} />}
      {editable && changed && fault && <Alert type="warning" showIcon role="status" title={fault} />}
      {editable && (
        <div className="filters no-print">
          <label className="choice">
            Tên
            <Input className="set-words" aria-label="Tên bộ chỉ số" value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
          </label>
          <label className="choice">
            Ghi chú
            <Input className="set-words" aria-label="Ghi chú" placeholder="Văn bản quy định, cách dùng" value={draft.note} onChange={(event) => setDraft({ ...draft, note: event.target.value })} />
          </label>
        </div>
      )}
      {!editable && set.note && <p>{set.note}</p>}
      {groups.map((group, index) => (
        <SetGroupView
          key={group.key}
          group={group}
          known={known}
          editable={editable}
          ends={{ first: index === 0, last: index === groups.length - 1 }}
          onChange={(next) => put(index, next)}
          onMove={(by) => setGroups(moved(groups, index, by))}
          onRemove={() => setGroups(groups.filter((_, at) => at !== index))}
          taken={groups.flatMap((one) => one.items.map((item) => item.indicator_id))}
        />
      ))}
      {groups.length === 0 && <p className="muted">Bộ này chưa có nhóm nào.{editable && " Thêm nhóm, rồi thêm chỉ tiêu vào nhóm."}</p>}
      {editable && (
        <Unsaved draft={open} saving={save.isPending} what="bộ chỉ số">
          <Button onClick={() => setGroups([...groups, newGroup(groups)])}>Thêm nhóm</Button>
        </Unsaved>
      )}
    </>
  );
}

const versionOf = (set: IndicatorSet) => set.version;
