import { App, Button, Input } from "antd";
import { Link } from "react-router";

import { useIndicator, type IndicatorItem } from "./api";
import { IndicatorSelect } from "./IndicatorSelect";
import { isWeight, type DraftGroup, type DraftItem } from "./setDraft";
import { moved } from "./sets";

/** Indicators of the set as the server named them; one that was just added is asked for by itself. */
export type Known = ReadonlyMap<string, IndicatorItem>;

interface Props {
  group: DraftGroup;
  known: Known;
  /** Indicators that stand in the set already: none stands there twice. */
  taken: readonly string[];
  editable: boolean;
  ends: Ends;
  onChange: (group: DraftGroup) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** Where nothing more can be moved to. */
interface Ends {
  first: boolean;
  last: boolean;
}

const endsOf = (index: number, count: number): Ends => ({ first: index === 0, last: index === count - 1 });

export function SetGroupView({ group, known, taken, editable, ends, onChange, onMove, onRemove }: Props) {
  const { message } = App.useApp();
  const items = (next: DraftItem[]) => onChange({ ...group, items: next });
  const add = (id: string | null) => {
    if (!id) return;
    if (taken.includes(id)) return void message.info("Chỉ tiêu này đã có trong bộ.");
    items([...group.items, { indicator_id: id, weight: "" }]);
  };
  return (
    <section className="set-group" aria-label={group.name}>
      {editable ? (
        <div className="filters">
          <label className="choice">
            Nhóm
            <Input className="filter-text" aria-label="Tên nhóm" value={group.name} onChange={(event) => onChange({ ...group, name: event.target.value })} />
          </label>
          <label className="choice">
            Trọng số
            <Weight label={`Trọng số của nhóm ${group.name}`} value={group.weight} onChange={(weight) => onChange({ ...group, weight })} />
          </label>
          <Steps what={`nhóm ${group.name}`} ends={ends} onMove={onMove} onRemove={onRemove} />
        </div>
      ) : (
        <h2>
          {group.name}
          {group.weight !== "" && <span className="muted"> (trọng số {group.weight})</span>}
        </h2>
      )}
      {group.items.length > 0 ? (
        <table className="plain-table">
          <caption className="visually-hidden">Chỉ tiêu của nhóm {group.name}</caption>
          <thead>
            <tr>
              <th scope="col">Thứ tự</th>
              <th scope="col">Chỉ tiêu</th>
              <th scope="col">Đơn vị tính</th>
              <th scope="col">Trọng số</th>
              {editable && <th scope="col">Xử lý</th>}
            </tr>
          </thead>
          <tbody>
            {group.items.map((item, index) => (
              <ItemRow
                key={item.indicator_id}
                number={index + 1}
                item={item}
                named={known.get(item.indicator_id)}
                editable={editable}
                ends={endsOf(index, group.items.length)}
                onWeight={(weight) => items(group.items.map((one, at) => (at === index ? { ...one, weight } : one)))}
                onMove={(by) => items(moved(group.items, index, by))}
                onRemove={() => items(group.items.filter((_, at) => at !== index))}
              />
            ))}
          </tbody>
        </table>
      ) : (
        <p className="muted">Nhóm này chưa có chỉ tiêu nào.</p>
      )}
      {editable && (
        <IndicatorSelect id={`add-to-${group.key}`} label={`Thêm chỉ tiêu vào ${group.name}`} placeholder="Thêm chỉ tiêu: gõ mã hoặc tên" value={null} onChange={add} />
      )}
    </section>
  );
}

interface RowProps {
  number: number;
  item: DraftItem;
  named: IndicatorItem | undefined;
  editable: boolean;
  ends: Ends;
  onWeight: (weight: string) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function ItemRow({ number, item, named, editable, ends, onWeight, onMove, onRemove }: RowProps) {
  const asked = useIndicator(item.indicator_id, named === undefined).data;
  const shown = named ?? (asked && { id: asked.id, code: asked.code, state: "", name: asked.versions[0]?.name ?? "", measure: asked.versions[0]?.measure ?? "" });
  const name = shown?.name ?? "chỉ tiêu";
  return (
    <tr>
      <td>{number}</td>
      <td>
        {shown ? (
          <Link to={`/chi-tieu/${shown.id}`}>
            {shown.code} – {shown.name}
          </Link>
        ) : (
          "…"
        )}
        {shown?.state === "merged" && <span className="muted"> (đã gộp vào chỉ tiêu khác)</span>}
      </td>
      <td>{shown?.measure}</td>
      <td>{editable ? <Weight label={`Trọng số của ${name}`} value={item.weight} onChange={onWeight} /> : item.weight}</td>
      {editable && (
        <td className="nowrap">
          <Steps what={name} ends={ends} onMove={onMove} onRemove={onRemove} />
        </td>
      )}
    </tr>
  );
}

interface StepsProps {
  what: string;
  ends: Ends;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** At the ends not `disabled`: whoever moves by keyboard would lose the button under the finger. */
function Steps({ what, ends, onMove, onRemove }: StepsProps) {
  return (
    <div className="row-actions steps">
      <Button size="small" aria-label={`Đưa ${what} lên`} aria-disabled={ends.first} className={ends.first ? "not-allowed" : ""} onClick={() => onMove(-1)}>
        ↑
      </Button>
      <Button size="small" aria-label={`Đưa ${what} xuống`} aria-disabled={ends.last} className={ends.last ? "not-allowed" : ""} onClick={() => onMove(1)}>
        ↓
      </Button>
      <Button size="small" aria-label={`Bỏ ${what}`} onClick={onRemove}>
        Bỏ
      </Button>
    </div>
  );
}

function Weight({ label, value, onChange }: { label: string; value: string; onChange: (weight: string) => void }) {
  const wrong = !isWeight(value);
  return <Input className="short" aria-label={label} aria-invalid={wrong} value={value} status={wrong ? "error" : ""} onChange={(event) => onChange(event.target.value)} />;
}
