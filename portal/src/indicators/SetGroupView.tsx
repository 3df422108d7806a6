import { Button, Input } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { useIndicator, type IndicatorItem } from "./api";
import { IndicatorSelect } from "./IndicatorSelect";
import { moved, weightOf, type SetGroup, type SetItem } from "./sets";

/** Indicators of the set as the server named them; one that was just added is asked for by itself. */
export type Known = ReadonlyMap<string, IndicatorItem>;

interface Props {
  group: SetGroup;
  known: Known;
  /** Indicators that stand in the set already: none stands there twice. */
  taken: readonly string[];
  editable: boolean;
  onChange: (group: SetGroup) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

export function SetGroupView({ group, known, taken, editable, onChange, onMove, onRemove }: Props) {
  const items = (next: SetItem[]) => onChange({ ...group, items: next });
  return (
    <section className="set-group" aria-label={group.name}>
      {editable ? (
        <div className="filters">
          <Input className="filter-text" aria-label="Tên nhóm" value={group.name} onChange={(event) => onChange({ ...group, name: event.target.value })} />
          <Weight label={`Trọng số của nhóm ${group.name}`} value={group.weight} onChange={(weight) => onChange({ ...group, weight })} />
          <Steps what={`nhóm ${group.name}`} onMove={onMove} onRemove={onRemove} />
        </div>
      ) : (
        <h2>
          {group.name}
          {group.weight !== null && <span className="muted"> (trọng số {shown(group.weight)})</span>}
        </h2>
      )}
      {group.items.length > 0 && (
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
                onWeight={(weight) => items(group.items.map((one, at) => (at === index ? { ...one, weight } : one)))}
                onMove={(by) => items(moved(group.items, index, by))}
                onRemove={() => items(group.items.filter((_, at) => at !== index))}
              />
            ))}
          </tbody>
        </table>
      )}
      {editable && (
        <IndicatorSelect
          id={`add-to-${group.name}`}
          label={`Thêm chỉ tiêu vào ${group.name}`}
          value={null}
          onChange={(id) => id && !taken.includes(id) && items([...group.items, { indicator_id: id, weight: null }])}
        />
      )}
    </section>
  );
}

interface RowProps {
  number: number;
  item: SetItem;
  named: IndicatorItem | undefined;
  editable: boolean;
  onWeight: (weight: string | null) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function ItemRow({ number, item, named, editable, onWeight, onMove, onRemove }: RowProps) {
  return (
    <tr>
      <td>{number}</td>
      <td>
        {named ? (
          <Link to={`/chi-tieu/${named.id}`}>
            {named.code} – {named.name}
          </Link>
        ) : (
          <Added id={item.indicator_id} />
        )}
        {named?.state === "merged" && <span className="muted"> (đã gộp vào chỉ tiêu khác)</span>}
      </td>
      <td>{named?.measure}</td>
      <td>{editable ? <Weight label={`Trọng số của ${named?.name ?? "chỉ tiêu"}`} value={item.weight} onChange={onWeight} /> : shown(item.weight)}</td>
      {editable && (
        <td>
          <Steps what={named?.name ?? "chỉ tiêu"} onMove={onMove} onRemove={onRemove} />
        </td>
      )}
    </tr>
  );
}

function Added({ id }: { id: string }) {
  const seen = useIndicator(id).data;
  return <>{seen ? `${seen.code} – ${seen.versions[0]?.name ?? ""}` : "…"}</>;
}

function Steps({ what, onMove, onRemove }: { what: string; onMove: (by: -1 | 1) => void; onRemove: () => void }) {
  return (
    <div className="row-actions">
      <Button size="small" aria-label={`Đưa ${what} lên`} onClick={() => onMove(-1)}>
        ↑
      </Button>
      <Button size="small" aria-label={`Đưa ${what} xuống`} onClick={() => onMove(1)}>
        ↓
      </Button>
      <Button size="small" aria-label={`Bỏ ${what}`} onClick={onRemove}>
        Bỏ
      </Button>
    </div>
  );
}

function Weight({ label, value, onChange }: { label: string; value: string | null; onChange: (weight: string | null) => void }) {
  const [typed, setTyped] = useState(shown(value));
  const wrong = typed.trim() !== "" && weightOf(typed) === null;
  return (
    <Input
      className="short"
      aria-label={label}
      placeholder="Trọng số"
      value={typed}
      status={wrong ? "error" : ""}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(weightOf(event.target.value));
      }}
    />
  );
}

const shown = (weight: string | null) => (weight === null ? "" : weight.replace(".", ","));
