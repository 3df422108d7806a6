import { App, Button, Dropdown, Popconfirm } from "antd";
import { DownloadOutlined, FlagOutlined, ImportOutlined, PrinterOutlined, RedoOutlined, UndoOutlined, UploadOutlined } from "@ant-design/icons";
import { useState, useSyncExternalStore } from "react";

import { download, type Service } from "@/api/http";
import { asProblem } from "@/api/problem";
import type { Layout } from "@/forms/layout";
import type { Sheet } from "@/forms/model";
import type { Selection } from "@/grid/selection";

import type { Report } from "./api";
import type { FilingDesk } from "./filingDesk";
import { ImportDialog } from "./ImportDialog";

interface Props {
  report: Report;
  formVersionId: string;
  readOnly: boolean;
  desk: FilingDesk;
  sheet: Sheet;
  layout: Layout;
  selection: Selection;
  addRows: (count: number) => Promise<string[]>;
  /** How many cells the system has figures for. */
  offered: number;
  onTake: () => void;
  onImported: () => void;
  /** Marks the chosen cell for a return, where this person may return the report. */
  onMark?: () => void;
}

export function FilingToolbar({ report, formVersionId, readOnly, desk, sheet, layout, selection, addRows, offered, onTake, onImported, onMark }: Props) {
  const { message } = App.useApp();
  const [uploading, setUploading] = useState(false);
  useSyncExternalStore(desk.store.subscribe, desk.store.stamp);
  useSyncExternalStore(selection.subscribe, () => selection.moves);
  const row = layout.rows[selection.active.row];
  const filing = `/reports/${report.id}/filings/${formVersionId}`;
  const attempt = (work: Promise<unknown>) => void work.catch((error: unknown) => message.error(asProblem(error).body.detail, 8));
  const get = (service: Service, path: string) => attempt(download(service, path));
  const removeRow = async () => {
    if (row?.order !== undefined) await desk.changeRows([], [row.id]);
  };

  return (
    <div className="filing-tools no-print">
      {!readOnly && (
        <>
          <Button icon={<UndoOutlined aria-hidden />} disabled={!desk.store.canUndo()} onClick={() => desk.store.undo()} aria-label="Hoàn tác" title="Hoàn tác (Ctrl+Z)" />
          <Button icon={<RedoOutlined aria-hidden />} disabled={!desk.store.canRedo()} onClick={() => desk.store.redo()} aria-label="Làm lại" title="Làm lại (Ctrl+Y)" />
          <Button icon={<UploadOutlined aria-hidden />} onClick={() => setUploading(true)}>
            Nạp tệp Excel
          </Button>
          {offered > 0 && (
            <Button icon={<ImportOutlined aria-hidden />} onClick={onTake} title="Hoặc đứng tại ô và nhấn Alt+↓">
              Lấy số liệu đã có ({offered})
            </Button>
          )}
        </>
      )}
      {!readOnly && sheet.lists.length > 0 && (
        <>
          <Button onClick={() => attempt(addRows(1))}>Thêm dòng</Button>
          <Popconfirm title={`Xóa dòng ${row?.order ?? ""} cùng mọi số liệu trên dòng?`} okText="Xóa dòng" cancelText="Không" disabled={row?.order === undefined} onConfirm={() => attempt(removeRow())}>
            <Button disabled={row?.order === undefined}>Xóa dòng đang chọn</Button>
          </Popconfirm>
        </>
      )}
      {onMark && (
        <Button icon={<FlagOutlined aria-hidden />} onClick={onMark} title="Chọn ô trong bảng rồi bấm, hoặc nhấn Shift+F2">
          Đánh dấu ô cần sửa
        </Button>
      )}
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "xlsx", label: "Bản đã điền (.xlsx)", onClick: () => get("submission", `${filing}/export.xlsx`) },
            { key: "csv", label: "Bản đã điền (.csv)", onClick: () => get("submission", `${filing}/export.csv`) },
            { key: "blank", label: "Biểu trống (.xlsx)", onClick: () => get("catalog", `/form-versions/${formVersionId}/template.xlsx`) },
          ],
        }}
      >
        <Button icon={<DownloadOutlined aria-hidden />}>Tải về</Button>
      </Dropdown>
      <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
        In
      </Button>
      {uploading && (
        <ImportDialog
          path={`${filing}:import`}
          onClose={() => setUploading(false)}
          onApplied={() => {
            setUploading(false);
            onImported();
          }}
        />
      )}
    </div>
  );
}
