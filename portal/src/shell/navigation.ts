import { holds } from "@/api/me";
import type { Me } from "@/api/types";

interface Item {
  path: string;
  label: string;
  /** Rights of which one is enough; none: for everyone. */
  rights?: string[];
}

const ITEMS: Item[] = [
  { path: "/", label: "Công việc của tôi" },
  { path: "/bao-cao", label: "Báo cáo" },
  { path: "/duyet", label: "Chờ duyệt, ký", rights: ["check", "approve_figures", "approve", "sign", "issue", "send"] },
  { path: "/tien-do", label: "Tiến độ", rights: ["take_in", "decide", "aggregate", "monitor", "regime_owner", "reviewer"] },
  { path: "/tong-hop", label: "Tổng hợp", rights: ["aggregate", "decide", "monitor"] },
  { path: "/bieu-mau", label: "Biểu mẫu", rights: ["form_designer", "regime_owner", "province_admin"] },
  { path: "/chi-tieu", label: "Chỉ tiêu" },
  { path: "/danh-muc", label: "Danh mục dùng chung", rights: ["form_designer", "province_admin"] },
  { path: "/che-do", label: "Chế độ báo cáo", rights: ["regime_owner", "province_admin", "form_designer", "monitor"] },
  { path: "/lich-lam-viec", label: "Lịch làm việc" },
  { path: "/dang-ky", label: "Đăng ký biểu mẫu", rights: ["regime_owner", "form_designer", "province_admin", "aggregate"] },
  { path: "/ra-soat", label: "Rà soát, công bố", rights: ["regime_owner", "province_admin"] },
  { path: "/thong-bao", label: "Thông báo" },
  { path: "/tai-khoan", label: "Tài khoản", rights: ["province_admin", "unit_admin", "operator"] },
  { path: "/su-co", label: "Sự cố đã ghi nhận" },
  { path: "/bao-tri", label: "Bảo trì", rights: ["province_admin"] },
];

export function navigationFor(me: Me): Item[] {
  return ITEMS.filter((item) => !item.rights || holds(me, ...item.rights));
}
