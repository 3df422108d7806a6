import { Alert, App, Segmented } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { asProblem } from "@/api/problem";
import { columnName, rowName } from "@/grid/names";
import { remarksOf, useLastReturn, useSettle } from "@/returns/history";
import { PinDialog } from "@/returns/PinDialog";
import { cellPlace, type PinPlace } from "@/returns/pins";
import { mayReturn, usePins } from "@/returns/usePins";
import { layoutOf } from "@/forms/layout";
import { keyOf, type CellKey, type FormModel, type Sheet } from "@/forms/model";
import { rulesByCell } from "@/forms/rules";
import type { CellMark } from "@/grid/context";
import { FilingGrid, type PasteOutcome } from "@/grid/FilingGrid";
import { Selection } from "@/grid/selection";
import { Loaded } from "@/shared/Loaded";

import type { Check, Filing, Report } from "./api";
import { ChoiceBar } from "./ChoiceBar";
import { chosenCell } from "./chosenCell";
import { ConflictDialog } from "./ConflictDialog";
import { FilingToolbar } from "./FilingToolbar";
import type { FilingDesk } from "./filingDesk";
import { IndicatorNote } from "./IndicatorNote";
import { offersOf, takeKnown } from "./known";
import { KnownDialog } from "./KnownDialog";
import { addListRows, takePasted } from "./listRows";
import { PlaceBar } from "./PlaceBar";
import { SaveLine } from "./SaveLine";
import { useDesk } from "./useDesk";

interface Props {
  report: Report;
  formVersionId: string;
  formName: string;
  model: FormModel;
  accountId: string;
  readOnly: boolean;
  /** A cell to go to, chosen in the list of checks. */
  target: { row: string; column: string; at: number } | null;
}

export function FilingTab(props: Props) {
  const state = useDesk(props.model, props.accountId, props.report.id, props.formVersionId);
  return <Loaded query={state.filing}>{(filing) => <Desk {...props} {...state} data={filing} />}</Loaded>;
}

type DeskProps = Props & ReturnType<typeof useDesk> & { data: Filing };

function Desk({ report, formVersionId, formName, model, readOnly, target, desk, saving, checks, known, listRows, restored, filing, data }: DeskProps) {
  const { message } = App.useApp();
  const home = target && model.sheets.find((candidate) => candidate.rows.some((row) => row.id === target.row));
  const [sheetName, setSheetName] = useState(home?.name ?? model.sheets[0]?.name ?? "");
  const [shownFor, setShownFor] = useState(target?.at);
  if (target && target.at !== shownFor) {
    setShownFor(target.at);
    if (home) setSheetName(home.name);
  }
  const [conflict, setConflict] = useState<string | null>(null);
  const { refetch } = filing;
  const sheet = model.sheets.find((candidate) => candidate.name === sheetName) ?? (model.sheets[0] as Sheet);
  const layout = useMemo(() => layoutOf(sheet, listRows), [sheet, listRows]);
  const selection = useMemo(() => new Selection(1, 1), []);
  const marks = useMemo(() => marksOf(checks), [checks]);
  const { board, pins } = usePins(report);
  const [pinned, setPinned] = useState<(PinPlace & { words: string }) | null>(null);
  const returned = useLastReturn(report);
  const remarks = useMemo(() => remarksOf(formVersionId, returned, pins), [formVersionId, returned, pins]);
  const closed = useMemo(() => new Map(data.closed_rows.map((row) => [row.row, row.units])), [data.closed_rows]);
  const offers = useMemo(() => offersOf(known), [known]);
  const [choosing, setChoosing] = useState(false);
  const { mutate: tellSettled } = useSettle(report);
  const rules = useMemo(() => rulesByCell(model.rules ?? []), [model]);

  const gone = useRef(0);
  useEffect(() => {
    // Gone to once: a layout made anew (a colleague's row) doesn't take the person back there from where they type.
    if (!target || gone.current === target.at) return;
    const row = layout.rows.findIndex((candidate) => candidate.id === target.row);
    const column = layout.columns.findIndex((candidate) => candidate.id === target.column);
    if (row < 0) return;
    gone.current = target.at;
    selection.resize(layout.rows.length, layout.columns.length);
    selection.go({ row, column: Math.max(column, 0) });
  }, [target, layout, selection]);

  const save = useCallback(() => void desk.autosave.flush(), [desk]);
  const addRows = useCallback((count: number) => addListRows(desk, sheet, count), [desk, sheet]);
  const onPasted = useCallback(
    async (outcome: PasteOutcome) => {
      try {
        void message.info(await takePasted(outcome, desk, sheet), 6);
      } catch (error) {
        void message.error(asProblem(error).body.detail, 8);
      }
    },
    [desk, sheet, message],
  );

  const take = useCallback(
    async (keys: CellKey[]) => {
      try {
        await takeKnown(desk, `/reports/${report.id}/filings/${formVersionId}`, keys);
        await refetch();
        setChoosing(false);
        void message.success(`Đã lấy ${keys.length} số liệu, kèm nguồn của từng số.`);
      } catch (error) {
        void message.error(asProblem(error).body.detail, 8);
      }
    },
    [desk, report.id, formVersionId, refetch, message],
  );
  const takeHere = useCallback(() => {
    const { row, column } = chosenCell(layout, selection);
    const key = row && column && keyOf(row.id, column.id);
    if (!key || !offers.has(key)) return void message.info("Hệ thống chưa có số liệu nào cho ô này.");
    void take([key]);
  }, [layout, selection, offers, take, message]);

  const mark = useCallback(() => {
    const { row, column, cell } = chosenCell(layout, selection);
    if (!row || !column || !cell) return;
    if (mayReturn(report)) {
      if (cell.kind !== "input" && cell.kind !== "computed") return void message.info("Chỉ đánh dấu được ô số liệu.");
      const address = row.order === undefined ? `ô ${cell.a1}, ` : "";
      return setPinned({ ...cellPlace(formVersionId, row.id, column.id), words: `${formName}, ${address}${rowName(row)}, ${columnName(column)}` });
    }
    const index = returned?.places.findIndex((place) => place.form_version_id === formVersionId && place.row === row.id && place.column === column.id) ?? -1;
    const place = returned?.places[index];
    if (readOnly || !returned || !place) return void message.info("Ô này không bị đánh dấu khi trả lại.");
    const done = !(place.settled?.done ?? false);
    tellSettled(
      { act: returned.sequence, place: index, done, answer: place.settled?.answer ?? "" },
      {
        onSuccess: () => void message.success(done ? "Đã đánh dấu: ô này đã xử lý." : "Đã bỏ đánh dấu đã xử lý."),
        onError: (error) => void message.error(asProblem(error).body.detail, 8),
      },
    );
  }, [layout, selection, report, readOnly, formVersionId, formName, returned, tellSettled, message]);

  return (
    <div className="filing">
      {restored > 0 && !readOnly && (
        <Alert type="info" showIcon closable title={`Đã lấy lại ${restored} ô bạn gõ lần trước mà máy chủ chưa nhận; hệ thống đang lưu lại.`} />
      )}
      <div className="filing-bar">
        <FilingToolbar
          report={report}
          formVersionId={formVersionId}
          readOnly={readOnly}
          desk={desk}
          sheet={sheet}
          selection={selection}
          layout={layout}
          addRows={addRows}
          {...(mayReturn(report) && { onMark: mark })}
          offered={offers.size}
          onTake={() => setChoosing(true)}
          onImported={() => void refetch()}
        />
        <SaveLine desk={desk} state={saving} readOnly={readOnly} onConflict={() => setConflict(firstConflict(desk))} />
      </div>
      {model.sheets.length > 1 && (
        <Segmented value={sheet.name} onChange={setSheetName} options={model.sheets.map((item) => ({ value: item.name, label: item.title || item.name }))} />
      )}
      {closed.size > 0 && (
        <Alert type="info" showIcon title={`${closed.size} dòng của biểu do đơn vị khác trả lời theo phân bổ chỉ tiêu của cơ quan chủ trì: chỉ xem, không nhập.`} />
      )}
      <PlaceBar desk={desk} layout={layout} selection={selection} sheet={sheet} rules={rules} closed={closed} />
      {!readOnly && <ChoiceBar desk={desk} layout={layout} selection={selection} closed={closed} />}
      <IndicatorNote model={model} layout={layout} selection={selection} />
      <FilingGrid
        store={desk.store}
        layout={layout}
        selection={selection}
        readOnly={readOnly}
        marks={marks}
        remarks={remarks}
        offers={offers}
        closed={closed}
        onTake={takeHere}
        onRemark={mark}
        caption={`${formName}. Dùng các phím mũi tên để đi giữa các ô, Enter để sửa.`}
        onSave={save}
        onConflict={setConflict}
        onPasted={onPasted}
      />
      {pinned && (
        <PinDialog place={pinned} pin={board.at(pinned)} onSave={(pin) => board.put(pin)} onRemove={() => board.remove(pinned)} onClose={() => setPinned(null)} />
      )}
      {choosing && <KnownDialog known={known} desk={desk} nameOf={(one) => nameIn(model, one)} onTake={take} onClose={() => setChoosing(false)} />}
      <ConflictDialog desk={desk} layout={layout} current={conflict} onClose={() => setConflict(null)} />
    </div>
  );
}

function firstConflict(desk: FilingDesk): string | null {
  return desk.store.unsaved("conflict")[0]?.key ?? null;
}

function nameIn(model: FormModel, { row: rowId, column: columnId }: { row: string; column: string }): string {
  const sheet = model.sheets.find((candidate) => candidate.rows.some((row) => row.id === rowId));
  const row = sheet?.rows.find((candidate) => candidate.id === rowId);
  const column = sheet?.columns.find((candidate) => candidate.id === columnId);
  return [row && [row.numbering, row.label].filter(Boolean).join(" "), column && columnName(column)].filter(Boolean).join(", ");
}

function marksOf(checks: readonly Check[]): Map<string, CellMark[]> {
  const marks = new Map<string, CellMark[]>();
  for (const check of checks) {
    for (const { row, column } of check.cells && check.cells.length > 0 ? check.cells : [check]) {
      if (!row || !column) continue;
      const key = keyOf(row, column);
      marks.set(key, [...(marks.get(key) ?? []), { severity: check.severity, message: check.message }]);
    }
  }
  return marks;
}
