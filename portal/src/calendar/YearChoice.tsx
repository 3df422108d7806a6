import { Select } from "antd";

interface Props {
  year: number;
  onChange: (year: number) => void;
}

export function YearChoice({ year, onChange }: Props) {
  const now = new Date().getFullYear();
  const years = Array.from({ length: 9 }, (_, index) => now - 4 + index);
  return <Select aria-label="Năm" value={year} onChange={onChange} options={years.map((each) => ({ value: each, label: `Năm ${each}` }))} />;
}
