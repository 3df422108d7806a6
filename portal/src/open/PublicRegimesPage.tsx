import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";

import { call, serviceUrl } from "@/api/http";
import type { Page } from "@/api/types";
import { frequencyWords, KINDS } from "@/regimes/api";
import { day } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";

interface Province {
  code: string;
  name: string;
}

export interface PublicRegime {
  id: string;
  code: string;
  name: string;
  kind: string;
  legal_basis: string;
  lead: string;
  units: string[];
  frequency: string[];
  filing_place: string;
  filing_system: string;
  in_force_from: string | null;
}

/** The list of regimes in force for everybody: no account, no shell around it. */
export function PublicRegimesPage() {
  const provinces = useQuery({ queryKey: ["public", "provinces"], queryFn: () => call<Page<Province>>("catalog", "/public/provinces") });
  const [chosen, setChosen] = useState<string | null>(new URLSearchParams(window.location.search).get("tinh"));
  return (
    <main className="public-page">
      <PageTitle title="Danh mục chế độ báo cáo" />
      <Loaded query={provinces} empty={{ when: (data) => data.items.length === 0, words: "Chưa có chế độ báo cáo nào được công bố." }}>
        {(data) => {
          const code = chosen ?? data.items[0]?.code;
          return (
            <>
              {data.items.length > 1 && (
                <Select className="filter-wide" aria-label="Tỉnh" value={code ?? null} onChange={setChosen} options={data.items.map((item) => ({ value: item.code, label: item.name }))} />
              )}
              {code && <Regimes province={code} />}
            </>
          );
        }}
      </Loaded>
    </main>
  );
}

function Regimes({ province }: { province: string }) {
  const found = useQuery({
    queryKey: ["public", "regimes", province],
    queryFn: () => call<{ province: Province; items: PublicRegime[] }>("catalog", "/public/regimes", { query: { province } }),
  });
  return (
    <Loaded query={found}>
      {(data) => (
        <>
          <p>
            {data.province.name}: {data.items.length} chế độ báo cáo đang áp dụng. Dữ liệu mở: <a href={serviceUrl("catalog", "/public/regimes.csv", { province })}>CSV</a>,{" "}
            <a href={serviceUrl("catalog", "/public/regimes", { province })}>JSON</a>.
          </p>
          <table className="plain-table">
            <caption className="visually-hidden">Các chế độ báo cáo đang áp dụng</caption>
            <thead>
              <tr>
                <th scope="col">Mã</th>
                <th scope="col">Tên chế độ báo cáo</th>
                <th scope="col">Loại, kỳ</th>
                <th scope="col">Căn cứ pháp lý</th>
                <th scope="col">Hiệu lực từ</th>
                <th scope="col">Cơ quan chủ trì</th>
                <th scope="col">Đơn vị báo cáo</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((item) => (
                <tr key={item.id}>
                  <td className="nowrap">{item.code}</td>
                  <td>
                    {item.name}
                    {item.filing_place === "ministry_system" && <div className="muted">Thực hiện trên {item.filing_system || "hệ thống của bộ, ngành"}</div>}
                  </td>
                  <td>
                    {KINDS.find((kind) => kind.value === item.kind)?.label} {item.frequency.map((one) => frequencyWords(one).toLowerCase()).join(", ")}
                  </td>
                  <td>{item.legal_basis}</td>
                  <td className="nowrap">{day(item.in_force_from)}</td>
                  <td>{item.lead}</td>
                  <td>
                    <details>
                      <summary>{item.units.length} đơn vị</summary>
                      {item.units.join("; ")}
                    </details>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Loaded>
  );
}
