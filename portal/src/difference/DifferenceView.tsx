import { Button } from "antd";
import { diffWords } from "diff";
import { useMemo } from "react";

import type { PinPlace } from "@/returns/pins";
import { cellPlace } from "@/returns/pins";

import type { ChangedCell, Compared, FormDifference, ListedRow, SectionDifference } from "./api";
import { changeWords, placeWords, valueWords } from "./words";

interface Props {
  compared: Compared;
  /** Shows the cell in its form, where the form is at hand. */
  onGo?: (place: PinPlace) => void;
}

/** Only what differs: figures with both values and their unit, rows of lists, paragraphs word by word. */
export function DifferenceView({ compared, onGo }: Props) {
  return (
    <div className="difference">
      {compared.forms.map((form) => (
        <FormPart key={form.form_version_id} form={form} compared={compared} {...(onGo && { onGo })} />
      ))}
      {compared.narrative.map((section) => (
        <SectionPart key={section.id} section={section} />
      ))}
    </div>
  );
}

function FormPart({ form, compared, onGo }: { form: FormDifference } & Props) {
  return (
    <>
      {form.cells.length > 0 && (
        <table className="plain-table difference-table">
          <caption>{form.form_name}</caption>
          <thead>
            <tr>
              <th scope="col">Ô, dòng</th>
              <th scope="col">Cột</th>
              <th scope="col">Đơn vị tính</th>
              <th scope="col" className="number">Lần trình {compared.before}</th>
              <th scope="col" className="number">Lần trình {compared.after}</th>
              <th scope="col" className="number">Tăng, giảm</th>
            </tr>
          </thead>
          <tbody>
            {form.cells.map((cell) => (
              <CellRow key={`${cell.row}/${cell.column}`} form={form} cell={cell} {...(onGo && { onGo })} />
            ))}
          </tbody>
        </table>
      )}
      <Rows title={`${form.form_name}: dòng có thêm ở lần trình ${compared.after}`} rows={form.rows_added} />
      <Rows title={`${form.form_name}: dòng bị bỏ so với lần trình ${compared.before}`} rows={form.rows_removed} />
      {form.rows_moved > 0 && (
        <p>
          {form.form_name}: {form.rows_moved} dòng đổi thứ tự.
        </p>
      )}
    </>
  );
}

function CellRow({ form, cell, onGo }: { form: FormDifference; cell: ChangedCell; onGo?: (place: PinPlace) => void }) {
  const text = "text" in cell.before || "text" in cell.after;
  return (
    <tr className={cell.computed ? "computed" : ""}>
      <td>
        {onGo ? (
          <Button type="link" size="small" onClick={() => onGo(cellPlace(form.form_version_id, cell.row, cell.column))}>
            {placeWords(cell)}
          </Button>
        ) : (
          placeWords(cell)
        )}
        {cell.computed && <span className="muted"> (ô tính)</span>}
      </td>
      <td>{cell.column_name}</td>
      <td>{cell.measure}</td>
      <td className={text ? "" : "number"}>{valueWords(cell.before, cell)}</td>
      <td className={text ? "" : "number"}>
        <b>{valueWords(cell.after, cell)}</b>
      </td>
      <td className="number">{changeWords(cell.before, cell.after, cell)}</td>
    </tr>
  );
}

function Rows({ title, rows }: { title: string; rows: ListedRow[] }) {
  if (rows.length === 0) return null;
  return (
    <table className="plain-table difference-table">
      <caption>{title}</caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row.row}>
            <td className="nowrap">Dòng {row.number}</td>
            <td>
              {row.cells.length === 0 ? "(dòng trống)" : row.cells.map((cell) => `${cell.column_name}: ${valueWords(cell.value, cell)}`).join("; ")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SectionPart({ section }: { section: SectionDifference }) {
  const parts = useMemo(() => diffWords(section.before, section.after), [section.before, section.after]);
  return (
    <section className="difference-section">
      <h2>Thuyết minh: {section.heading}</h2>
      <p className="narrative-text">
        {parts.map((part, index) =>
          part.added ? <ins key={index}>{part.value}</ins> : part.removed ? <del key={index}>{part.value}</del> : <span key={index}>{part.value}</span>,
        )}
      </p>
    </section>
  );
}
