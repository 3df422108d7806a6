"""Our own sentences in the style of reports, put together from parts; and English from the standard library."""

from __future__ import annotations

import ast
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

PLACES = (
    "xã Ea Kao", "phường Tân Lập", "huyện Cư M'gar", "thị trấn Buôn Trấp", "xã Krông Á", "phường Hạc Thành",
    "xã Sơn Mỹ", "xã Quảng Bình", "thành phố Biên Hòa", "xã Mỹ Thọ", "phường Đông Sơn", "xã Ia Rvê",
    "xã Đắk Nuê", "đặc khu Lý Sơn", "xã Thạnh Hóa", "phường Nguyễn Trãi",
)  # fmt: skip
OFFICES = (
    "Ủy ban nhân dân", "Văn phòng Ủy ban nhân dân", "Phòng Kinh tế", "Sở Nông nghiệp và Môi trường",
    "Sở Tài chính", "Sở Giáo dục và Đào tạo", "Trung tâm Y tế", "Ban Quản lý dự án", "Công an", "Thanh tra",
    "Chi cục Thống kê", "Hội Nông dân",
)  # fmt: skip
ACTS = (
    "đã hoàn thành việc rà soát hộ nghèo, hộ cận nghèo trên địa bàn",
    "tổ chức ba lớp tập huấn về an toàn thực phẩm cho hộ kinh doanh",
    "giải quyết dứt điểm các kiến nghị của cử tri về đường giao thông nông thôn",
    "chỉ đạo gieo trồng vụ đông xuân đúng khung thời vụ, diện tích lúa vượt kế hoạch",
    "khẩn trương khắc phục hậu quả đợt mưa lũ, di dời người dân khỏi vùng sạt lở",
    "thu ngân sách ước đạt 92,5% dự toán được giao, tăng khá so với cùng kỳ",
    "tiếp nhận và xử lý hồ sơ thủ tục hành chính qua dịch vụ công trực tuyến",
    "kiểm tra, xử phạt những cơ sở chăn nuôi xả thải chưa qua xử lý",
    "đẩy nhanh tiến độ giải ngân vốn đầu tư công, tháo gỡ vướng mắc về mặt bằng",
    "khởi công sửa chữa trường mẫu giáo, nâng cấp trạm y tế và nhà văn hóa",
    "phối hợp quản lý bảo vệ rừng, phòng cháy chữa cháy trong mùa khô",
    "hỗ trợ hợp tác xã chuyển đổi số, truy xuất nguồn gốc cà phê, sầu riêng, hồ tiêu",
)
CAUSES = (
    "Nguyên nhân chủ yếu do giá nguyên liệu tăng và thiếu lao động có tay nghề.",
    "Khó khăn lớn nhất là quỹ đất tái định cư còn hạn hẹp, thủ tục kéo dài.",
    "Kết quả này cao hơn 3,7 điểm phần trăm so với nghị quyết đề ra.",
    "Đề nghị cấp trên sớm bổ sung kinh phí, biên chế và trang thiết bị.",
    "Trong kỳ không phát sinh khiếu nại, tố cáo đông người vượt cấp.",
    "Nồng độ bụi PM2,5 trung bình 24 µg/m³, tiếng ồn ≤ 70 dB, nhiệt độ 33 °C.",
    "Thời gian tới tiếp tục quyết liệt thực hiện “năm rõ”: rõ người, rõ việc, rõ thời gian…",
    "Diện tích gieo sạ 1.250 ha × 6,5 tấn/ha – sản lượng quy thóc khoảng 8.125 tấn.",
    "Ông Y Thuyên Êban, bà H'Yâo Knul và ông François Nguyễn đã phản ánh trực tiếp.",
    "Doanh nghiệp Köhler, Nestlé® và Siemens ký biên bản ghi nhớ về chế biến sâu.",
)
LABELS = (
    "Tổng số", "Số liệu", "Đơn vị", "Chỉ tiêu", "Năm", "Ước thực hiện", "Kế hoạch", "Lũy kế", "Tỷ lệ (%)", "Xã",
    "Ghi chú", "Hộ nghèo", "Cộng", "Người lập biểu", "Thủ trưởng đơn vị", "Trong đó: nữ", "Diện tích", "Sản lượng",
    "Quý", "Cùng kỳ", "So sánh", "Thu", "Chi", "Ngày", "Tháng", "Ký tên", "Họ và tên", "Địa chỉ", "Số dự án",
    "Vốn đầu tư", "Giải ngân", "Nông nghiệp", "Công nghiệp", "Dịch vụ", "Xuất khẩu", "Mã số", "Biểu số", "Kỳ báo cáo",
)  # fmt: skip
FOREIGN = (
    "Café de la Paix", "Müller & Söhne GmbH", "São Tomé e Príncipe", "Señor Peña", "Århus", "Zürich", "Göteborg",
    "Citroën", "Noël", "Québec", "Curaçao", "Brontë", "coöperate", "façade", "Ångström", "Łódź", "naïve", "¿Qué?",
    "© 2026 Việt Nam", "± 0,5 %", "3 × 4 ÷ 2", "§ 12", "5 µm", "«trích dẫn»", "½ giờ", "No. 1 ª", "a·b", "®",
)  # fmt: skip


def vietnamese() -> Iterator[str]:
    for office, place, act, cause in itertools.product(OFFICES, PLACES, ACTS, CAUSES):
        yield f"{office} {place} {act}. {cause}"


def headings() -> Iterator[str]:
    for office, place in itertools.product(OFFICES, PLACES):
        yield f"{office} {place}".upper()
    yield from LABELS


def english() -> Iterator[str]:
    """Paragraphs of the docstrings of the standard library's modules."""
    for path in sorted(Path(os.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                yield from (ast.get_docstring(node) or "").split("\n\n")
