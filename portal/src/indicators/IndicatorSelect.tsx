import { Select } from "antd";
import { useEffect, useState } from "react";

import { useIndicators, type IndicatorItem } from "./api";

interface Props {
  id: string;
  label: string;
  value: string | null;
  /** What is chosen already, so that its name is shown before anything is searched. */
  known?: Pick<IndicatorItem, "id" | "code" | "name">[];
  disabled?: boolean;
  placeholder?: string;
  onChange: (id: string | null) => void;
}

/** Chooses a published indicator by words, with or without diacritics. */
export function IndicatorSelect({ id, label, value, known = [], disabled = false, placeholder = "Gõ mã hoặc tên chỉ tiêu", onChange }: Props) {
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), 250);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useIndicators({ q: asked, state: "published" });
  const options = new Map([...known, ...(found.data?.items ?? [])].map((one) => [one.id, { value: one.id, label: `${one.code} – ${one.name}` }]));
  return (
    <Select<string>
      id={id}
      aria-label={label}
      style={{ width: "100%" }}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      disabled={disabled}
      value={value ?? null}
      loading={found.isFetching}
      placeholder={placeholder}
      notFoundContent={found.isError ? "Chưa tìm được, thử lại sau." : "Không có chỉ tiêu nào như vậy."}
      options={[...options.values()]}
      onChange={(chosen: string | undefined) => onChange(chosen ?? null)}
    />
  );
}
