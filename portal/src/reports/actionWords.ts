/** What each act is called on its button, what it asks for, and how it warns. */
export interface ActionWords {
  label: string;
  /** The main way on, shown first and filled. */
  forward?: boolean;
  danger?: boolean;
  asks?: "reason" | "leader" | "nothing";
  explain?: string;
}

export const ACTION_WORDS: Record<string, ActionWords> = {
  submit: { label: "Trình lãnh đạo", forward: true, asks: "leader", explain: "Sau khi trình, số liệu được khóa lại cho đến khi được duyệt hoặc trả lại." },
  submit_nil: { label: "Báo cáo không phát sinh", asks: "leader", explain: "Cả kỳ không phát sinh số liệu. Các ô không phải là trống hay bằng 0." },
  pass_check: { label: "Xác nhận đã kiểm tra", forward: true, asks: "nothing" },
  approve_figures: { label: "Duyệt số liệu", forward: true, asks: "nothing" },
  approve: { label: "Duyệt báo cáo", forward: true, asks: "nothing" },
  send: { label: "Gửi báo cáo", forward: true, asks: "nothing", explain: "Báo cáo được gửi đến cơ quan chủ trì cùng giấy xác nhận thời điểm gửi." },
  take_in: { label: "Tiếp nhận", forward: true, asks: "nothing" },
  accept: { label: "Duyệt (cơ quan chủ trì)", forward: true, asks: "nothing" },
  return: { label: "Trả lại", danger: true, asks: "reason", explain: "Lý do được gửi đến người nhập liệu." },
  reject: { label: "Từ chối, trả lại", danger: true, asks: "reason" },
  withdraw: { label: "Rút lại bản trình", asks: "nothing" },
  take_back: { label: "Rút lại báo cáo đã duyệt", danger: true, asks: "reason", explain: "Chữ ký đã có (nếu có) sẽ không còn giá trị." },
  recall: { label: "Thu hồi", danger: true, asks: "nothing", explain: "Chữ ký cũ không còn giá trị; báo cáo sửa xong phải ký lại." },
  ask_correction: { label: "Đề nghị đính chính", asks: "reason" },
};

export function wordsOf(action: string): ActionWords {
  return ACTION_WORDS[action] ?? { label: action, asks: "nothing" };
}
