import { Button } from "antd";
import { useState } from "react";

import type { Sheet } from "@/forms/model";
import { useDraftKeys } from "@/shared/useDraft";

import type { DesignedVersion } from "./api";
import { BindingPanel } from "./BindingPanel";
import { cellDrafts, CellEditorPanel } from "./CellEditorPanel";
import { pickedOf, SheetPicture, type Picked } from "./SheetPicture";

interface Props {
  version: DesignedVersion;
  sheet: Sheet;
  editable: boolean;
}

/** The sheet as a picture; beside it the cell that is picked: what it was taken for, its limits, its indicator. */
export function CellsDesk({ version, sheet, editable }: Props) {
  const [place, setPlace] = useState<string | null>(null);
  const picked = place === null ? null : at(sheet, place);
  return (
    <>
      <UnsavedCells version={version} sheet={sheet} onPick={setPlace} />
      <div className="aggregate">
        <SheetPicture sheet={sheet} picked={picked} onPick={({ cell }) => setPlace(`${cell.row}/${cell.column}`)} />
        <aside className="sources" aria-label="Ô đang chọn">
          {picked ? (
            <>
              <CellEditorPanel key={place} version={version} picked={picked} editable={editable} />
              <BindingPanel version={version} sheet={sheet} picked={picked} editable={editable} />
            </>
          ) : (
            <p className="muted">Chọn một ô trong hình để xem vì sao hệ thống xếp loại như vậy{editable ? " và sửa lại nếu chưa đúng" : ""}.</p>
          )}
        </aside>
      </div>
    </>
  );
}

/** Cells that were changed and left: each leads back to itself. */
function UnsavedCells({ version, sheet, onPick }: { version: DesignedVersion; sheet: Sheet; onPick: (place: string) => void }) {
  const places = useDraftKeys(cellDrafts(version));
  const left = places.flatMap((place) => {
    const found = at(sheet, place);
    return found ? [{ place, a1: found.cell.a1 }] : [];
  });
  if (left.length === 0) return null;
  return (
    <p className="no-print">
      Ô có thay đổi chưa lưu:
      {left.map(({ place, a1 }) => (
        <Button key={place} type="link" size="small" onClick={() => onPick(place)}>
          {a1}
        </Button>
      ))}
    </p>
  );
}

/** By its row and column, as the cell stands now; none on a sheet that hasn't the place. */
function at(sheet: Sheet, place: string): Picked | null {
  const end = place.lastIndexOf("/");
  return pickedOf(sheet, place.slice(0, end), place.slice(end + 1));
}
