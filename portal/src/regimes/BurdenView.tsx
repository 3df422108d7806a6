import { InputNumber } from "antd";
import { useState } from "react";

import { Loaded } from "@/shared/Loaded";

import { useBurden, type Burden } from "./oversight";

export function BurdenView() {
  const [year, setYear] = useState(new Date().getFullYear());
  const [minutes, setMinutes] = useState<number | null>(null);
  const [seconds, setSeconds] = useState<number | null>(null);
  const burden = useBurden({ year, ...(minutes === null ? {} : { minutes_per_report: minutes }), ...(seconds === null ? {} : { seconds_per_cell: seconds }) });
  return (
    <Loaded query={burden}>
      {(data) => (
        <>
          <div className="filters no-print">
            <label>
              Năm <InputNumber min={2020} max={2100} value={year} onChange={(value) => value && setYear(value)} />
            </label>
            <label>
              Phút cho mỗi báo cáo <InputNumber min={0} value={minutes ?? data.minutes_per_report} onChange={setMinutes} />
            </label>
            <label>
              Giây cho mỗi ô nhập <InputNumber min={0} value={seconds ?? data.seconds_per_cell} onChange={setSeconds} />
            </label>
          </div>
          <p className="muted">{data.assumption}</p>
          <Units data={data} />
          <Regimes data={data} />
          <Twice data={data} />
        </>
      )}
    </Loaded>
  );
}

function Units({ data }: { data: Burden }) {
  return (
    <table className="plain-table">
      <caption>Mỗi đơn vị phải làm trong năm {data.year}</caption>
      <thead>
        <tr>
          <th scope="col">Đơn vị</th>
          <th scope="col">Số báo cáo</th>
          <th scope="col">Số ô nhập</th>
          <th scope="col">Giờ công</th>
        </tr>
      </thead>
      <tbody>
        {data.units.slice(0, 200).map((unit) => (
          <tr key={unit.unit_id}>
            <td>{unit.name}</td>
            <td className="number">{unit.reports}</td>
            <td className="number">{unit.cells.toLocaleString("vi-VN")}</td>
            <td className="number">{unit.hours.toLocaleString("vi-VN")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Regimes({ data }: { data: Burden }) {
  return (
    <table className="plain-table">
      <caption>Theo chế độ báo cáo</caption>
      <thead>
        <tr>
          <th scope="col">Chế độ</th>
          <th scope="col">Số đơn vị</th>
          <th scope="col">Báo cáo mỗi đơn vị</th>
          <th scope="col">Ô nhập mỗi báo cáo</th>
        </tr>
      </thead>
      <tbody>
        {data.regimes.map((regime) => (
          <tr key={regime.regime_id}>
            <td>{regime.name}</td>
            <td className="number">{regime.units}</td>
            <td className="number">{regime.reports_each}</td>
            <td className="number">{regime.cells_each}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Twice({ data }: { data: Burden }) {
  if (data.asked_twice.length === 0) return <p>Không có số liệu nào bị hỏi trùng.</p>;
  return (
    <table className="plain-table">
      <caption>Số liệu bị hỏi từ hai lần trở lên ({data.asked_twice.length})</caption>
      <thead>
        <tr>
          <th scope="col">Số liệu</th>
          <th scope="col">Trùng theo</th>
          <th scope="col">Biểu mẫu</th>
          <th scope="col">Chế độ báo cáo</th>
          <th scope="col">Số đơn vị bị hỏi trùng</th>
        </tr>
      </thead>
      <tbody>
        {data.asked_twice.slice(0, 200).map((item) => (
          <tr key={`${item.indicator}/${item.name}`}>
            <td>{item.name}</td>
            <td>{item.indicator ? `Chỉ tiêu ${item.indicator}` : "Tên dòng"}</td>
            <td>{item.forms.join(", ")}</td>
            <td>{item.regimes.join("; ")}</td>
            <td className="number">{item.units}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
