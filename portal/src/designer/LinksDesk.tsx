import { Alert, Button, Segmented, Select, Table } from "antd";
import { useState } from "react";

import type { Cell, FormModel, Sheet } from "@/forms/model";
import { ProblemView } from "@/shared/ProblemView";

import { useDesignedVersion, useForms, type DesignedVersion, type FormItem, type FormLink } from "./api";
import { useLinks } from "./library";
import { SheetPicture, type Picked } from "./SheetPicture";

interface Props {
  form: FormItem;
  version: DesignedVersion;
  sheet: Sheet;
  editable: boolean;
}

/** Which cell of an entry form fills which cell of this report form (DL 9.2a): two pictures side by side, and the list. */
export function LinksDesk(props: Props) {
  const newest = Math.max(...props.form.versions.map((one) => one.number));
  if (props.version.number === newest) return <Desk {...props} />;
  return <Alert type="info" showIcon title={`Liên kết được xem và sửa ở phiên bản mới nhất (phiên bản ${newest}). Phiên bản ${props.version.number} giữ các liên kết của những dòng, cột mà nó có.`} />;
}

function Desk({ form, version, sheet, editable }: Props) {
  const [target, setTarget] = useState<Picked | null>(null);
  const [sourceId, setSourceId] = useState<string | null>(form.links[0]?.from_form_id ?? null);
  const [source, setSource] = useState<Picked | null>(null);
  const forms = useForms("");
  const links = useLinks(form);
  const sources = (forms.data?.items ?? []).filter((one) => one.id !== form.id && one.purpose !== "report" && publishedId(one));
  const entry = sources.find((one) => one.id === sourceId);
  const from = useDesignedVersion(entry && publishedId(entry));
  const fault = whyNot(version.model, target, from.data?.model, source);
  const add = () => {
    if (!target || !source || !sourceId) return;
    const made: FormLink = { row: target.cell.row, column: target.cell.column, from_form_id: sourceId, from_row: source.cell.row, from_column: source.cell.column, from_version_id: from.data?.id ?? null };
    const others = form.links.filter((link) => link.row !== made.row || link.column !== made.column);
    links.mutate([...others, made], { onSuccess: () => setTarget(null) });
  };

  return (
    <section aria-label="Lấy số liệu từ biểu nhập liệu">
      <p>Chọn ô nhận trong biểu này, chọn biểu nhập liệu và ô nguồn, rồi thêm liên kết. Người nhập được xem trước từng số và nguồn; ô trống ở nguồn không xóa số đang có.</p>
      {editable && (
        <div className="link-desk">
          <div>
            <h2>1. Ô nhận: {target ? words(version.model, target.cell.row, target.cell.column) : "chưa chọn"}</h2>
            <SheetPicture sheet={sheet} picked={target} onPick={setTarget} />
          </div>
          <div>
            <h2>2. Ô nguồn: {source && from.data ? words(from.data.model, source.cell.row, source.cell.column) : "chưa chọn"}</h2>
            <Select<string>
              className="filter-text"
              aria-label="Biểu mẫu nhập liệu"
              placeholder="Chọn biểu mẫu nhập liệu"
              showSearch={{ optionFilterProp: "label" }}
              value={sourceId}
              onChange={(id) => {
                setSourceId(id);
                setSource(null);
              }}
              options={sources.map((one) => ({ value: one.id, label: `${one.code} – ${one.name}` }))}
            />
            {from.data && <SourceSheets model={from.data.model} picked={source} onPick={setSource} />}
          </div>
        </div>
      )}
      {editable && (
        <div className="report-head">
          <Button type="primary" disabled={!target || !source || fault !== null} loading={links.isPending} onClick={add}>
            Thêm liên kết
          </Button>
          {fault && <span role="status">{fault}</span>}
        </div>
      )}
      {links.isError && <ProblemView error={links.error} />}
      <Table<FormLink>
        size="small"
        pagination={false}
        rowKey={(link) => `${link.row}/${link.column}`}
        dataSource={form.links}
        locale={{ emptyText: "Biểu này chưa lấy số liệu từ biểu nhập liệu nào." }}
        columns={[
          { title: "Ô nhận", key: "to", render: (_, link) => words(version.model, link.row, link.column) },
          { title: "Ô nguồn", key: "from", render: (_, link) => <Source link={link} forms={forms.data?.items ?? []} /> },
          {
            title: <span className="visually-hidden">Bỏ liên kết</span>,
            key: "remove",
            render: (_, link) =>
              editable && (
                <Button size="small" loading={links.isPending} onClick={() => links.mutate(form.links.filter((one) => one !== link))}>
                  Bỏ<span className="visually-hidden"> liên kết của {words(version.model, link.row, link.column)}</span>
                </Button>
              ),
          },
        ]}
      />
    </section>
  );
}

function SourceSheets({ model, picked, onPick }: { model: FormModel; picked: Picked | null; onPick: (picked: Picked) => void }) {
  const [name, setName] = useState(model.sheets[0]?.name ?? "");
  const sheet = model.sheets.find((one) => one.name === name) ?? model.sheets[0];
  return (
    <>
      {model.sheets.length > 1 && <Segmented value={name} onChange={setName} options={model.sheets.map((one) => one.name)} />}
      {sheet && <SheetPicture sheet={sheet} picked={picked} onPick={onPick} />}
    </>
  );
}

function publishedId(form: FormItem): string | undefined {
  return form.versions.find((version) => version.state === "published")?.id;
}

function cellOf(model: FormModel, row: string, column: string): { sheet: Sheet; cell: Cell } | undefined {
  for (const sheet of model.sheets) {
    const cell = sheet.cells.find((one) => one.row === row && one.column === column);
    if (cell) return { sheet, cell };
  }
  return undefined;
}

function words(model: FormModel, row: string, column: string): string {
  const found = cellOf(model, row, column);
  if (!found) return "ô không còn trong phiên bản này";
  const label = found.sheet.rows.find((one) => one.id === row)?.label ?? "";
  const head = found.sheet.columns.find((one) => one.id === column)?.path.filter(Boolean).join(" – ") ?? "";
  const measure = measureOf(model, found.sheet, row, column);
  return `${found.cell.a1} ${[label, head].filter(Boolean).join(", ")}${measure ? ` (${measure})` : ""}`;
}

/** As the version that the link was drawn to reads: in another one the same row may stand elsewhere. */
function Source({ link, forms }: { link: FormLink; forms: readonly FormItem[] }) {
  const form = forms.find((one) => one.id === link.from_form_id);
  const shown = useDesignedVersion(link.from_version_id ?? (form && publishedId(form))).data;
  const later = form?.versions.some((one) => one.state === "published" && shown !== undefined && one.number > shown.number);
  return (
    <>
      Biểu {form?.code ?? "không thấy được"}: {shown ? words(shown.model, link.from_row, link.from_column) : "đang tải…"}
      {later && <span className="muted"> (phiên bản {shown?.number}; ở phiên bản mới hơn, hệ thống tìm dòng và cột này theo tên)</span>}
    </>
  );
}

/** As printed: the column's own, else the row's, else the sheet's. */
function measureOf(model: FormModel, sheet: Sheet, row: string, column: string): string {
  const own = sheet.columns.find((one) => one.id === column);
  const line = sheet.rows.find((one) => one.id === row);
  const cell = cellOf(model, row, column)?.cell;
  const indicator = model.indicators?.find((one) => one.id === (cell?.indicator_id ?? line?.indicator_id ?? own?.indicator_id));
  return own?.measure ?? line?.measure ?? sheet.measure ?? indicator?.measure ?? "";
}

/** What the service would refuse, said before it is asked. */
function whyNot(model: FormModel, target: Picked | null, from: FormModel | undefined, source: Picked | null): string | null {
  if (target && (target.inList || target.cell.kind !== "input")) return "Ô nhận phải là ô nhập của dòng cố định.";
  if (source && (source.inList || (source.cell.kind !== "input" && source.cell.kind !== "computed"))) return "Ô nguồn phải là ô nhập hoặc ô tính của dòng cố định.";
  if (!target || !source || !from) return null;
  const [to, of] = [cellOf(model, target.cell.row, target.cell.column), cellOf(from, source.cell.row, source.cell.column)];
  const here = to ? measureOf(model, to.sheet, to.cell.row, to.cell.column) : "";
  const there = of ? measureOf(from, of.sheet, of.cell.row, of.cell.column) : "";
  return here.toLowerCase() === there.toLowerCase() ? null : `Đơn vị tính khác nhau: ô nhận «${here || "không nêu"}», ô nguồn «${there || "không nêu"}».`;
}
