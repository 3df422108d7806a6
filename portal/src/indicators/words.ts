interface Word {
  value: string;
  label: string;
}

export const INDICATOR_STATES = { draft: "Bản nháp", published: "Đang áp dụng", merged: "Đã gộp" } as const;

export const DIRECTIONS: Word[] = [
  { value: "more", label: "Tăng là tốt" },
  { value: "less", label: "Giảm là tốt" },
  { value: "neither", label: "Không xét" },
];

export const RULES: Word[] = [
  { value: "sum", label: "Cộng" },
  { value: "mean", label: "Bình quân" },
  { value: "weighted_mean", label: "Bình quân gia quyền" },
  { value: "ratio_of_sums", label: "Tỷ số của các tổng" },
  { value: "max", label: "Lớn nhất" },
  { value: "min", label: "Nhỏ nhất" },
  { value: "last", label: "Số cuối" },
  { value: "none", label: "Không tổng hợp" },
];

export const TIME_KINDS: Word[] = [
  { value: "flow", label: "Thời kỳ (cộng dồn trong kỳ)" },
  { value: "stock", label: "Thời điểm (có đến ngày)" },
  { value: "rate", label: "Tỷ lệ, chỉ số, bình quân" },
];

export const TIME_RULES: Word[] = [
  { value: "sum", label: "Cộng các kỳ" },
  { value: "last", label: "Lấy kỳ cuối" },
  { value: "none", label: "Không tổng hợp" },
];

export function wordOf(words: Word[], value: string): string {
  return words.find((word) => word.value === value)?.label ?? value;
}
