/** States of a report in the words of the office, and whose turn each of them is. */
interface StateWords {
  label: string;
  turn: string;
  colour: string;
}

const STATES: Record<string, StateWords> = {
  assigned: { label: "Mới giao", turn: "Người nhập liệu", colour: "default" },
  drafting: { label: "Đang nhập", turn: "Người nhập liệu", colour: "blue" },
  in_check: { label: "Chờ kiểm tra", turn: "Người kiểm tra", colour: "geekblue" },
  in_review: { label: "Chờ duyệt", turn: "Lãnh đạo", colour: "geekblue" },
  figures_approved: { label: "Đã duyệt số liệu", turn: "Lãnh đạo", colour: "cyan" },
  approved: { label: "Đã duyệt", turn: "Lãnh đạo ký", colour: "cyan" },
  leader_signed: { label: "Đã ký, chờ phát hành", turn: "Văn thư", colour: "cyan" },
  issued: { label: "Đã phát hành", turn: "Người gửi", colour: "cyan" },
  sent: { label: "Đã gửi", turn: "Cơ quan chủ trì", colour: "purple" },
  accepted: { label: "Cơ quan chủ trì đã duyệt", turn: "", colour: "green" },
  returned: { label: "Bị trả lại", turn: "Người nhập liệu", colour: "orange" },
};

/** Names that services give in the middle of a sentence, at the beginning of one. */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function stateWords(state: string): StateWords {
  return STATES[state] ?? { label: state, turn: "", colour: "default" };
}

export const STATE_OPTIONS = Object.entries(STATES).map(([value, words]) => ({ value, label: words.label }));

const RIGHTS: Record<string, string> = {
  operator: "Vận hành",
  province_admin: "Quản trị hệ thống",
  unit_admin: "Quản trị đơn vị",
  form_designer: "Thiết kế biểu mẫu",
  regime_owner: "Lập chế độ báo cáo",
  entry: "Nhập liệu",
  check: "Kiểm tra",
  approve_figures: "Duyệt số liệu",
  approve: "Duyệt báo cáo",
  sign: "Ký số (lãnh đạo)",
  issue: "Phát hành (văn thư)",
  send: "Gửi báo cáo",
  take_in: "Tiếp nhận",
  decide: "Duyệt tại cơ quan chủ trì",
  aggregate: "Tổng hợp",
  monitor: "Theo dõi",
  reviewer: "Rà soát",
  auditor: "Kiểm toán nhật ký",
  history_import: "Nhập số liệu cũ",
};

export const RIGHT_NAMES: Readonly<Record<string, string>> = RIGHTS;
export const rightName = (right: string): string => RIGHTS[right] ?? right;
