import { shownValue } from "@/filing/entries";

import type { Fallen } from "./api";

interface Props {
  fallen: readonly (Fallen & { unit_name?: string; report_id?: string })[];
  caption: string;
}

/** Figures without a place: where they stood, what they say, why they have none. */
export function FallenTable({ fallen, caption }: Props) {
  const units = fallen.some((one) => one.unit_name);
  return (
    <div className="fallen" role="region" aria-label={caption} tabIndex={0}>
      <table className="plain-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {units && <th scope="col">Đơn vị</th>}
            <th scope="col">Ô của phiên bản cũ</th>
            <th scope="col">Số liệu</th>
            <th scope="col">Vì sao không mang sang được</th>
          </tr>
        </thead>
        <tbody>
          {fallen.map((one) => (
            <tr key={`${one.report_id ?? ""}/${one.row}/${one.column}`}>
              {units && <td>{one.unit_name}</td>}
              <td>{one.place}</td>
              <td className="number">{shownValue(one.value, undefined)}</td>
              <td>{one.why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
