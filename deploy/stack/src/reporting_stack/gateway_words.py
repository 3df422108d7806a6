"""What the gateway says in its own name: status, code, what is wrong, what to do."""

from __future__ import annotations

# What the guard (guard.lua) refuses; these come first, since others go by the status alone.
REFUSALS = (
    (
        400,
        "two_credentials",
        "Yêu cầu mang cùng lúc phiên đăng nhập của trình duyệt và mã truy cập của chương trình.",
        "Chỉ gửi một trong hai: cookie của cổng, hoặc tiêu đề Authorization.",
    ),
    (
        403,
        "foreign_origin",
        "Yêu cầu thay đổi dữ liệu không xuất phát từ trang của hệ thống.",
        "Hãy mở cổng thông tin báo cáo và thực hiện lại tại đó.",
    ),
    (
        403,
        "administration_elsewhere",
        "Việc quản trị không làm được ở địa chỉ này.",
        "Hãy mở địa chỉ quản trị, từ máy trong mạng quản trị của tỉnh.",
    ),
)
# What the gateway says in the place of a service: status, code, what is wrong, what to do.
REPLIES = (
    (
        400,
        "malformed",
        "Yêu cầu không đúng định dạng.",
        "Hãy kiểm tra lại địa chỉ và các tiêu đề của yêu cầu.",
    ),
    (401, "not_signed_in", "Bạn chưa đăng nhập hoặc phiên đã hết hạn.", "Hãy đăng nhập lại."),
    (
        403,
        "not_permitted",
        "Mã truy cập không dành cho hệ thống này.",
        "Hãy đăng nhập lại để nhận mã truy cập mới.",
    ),
    (404, "no_such_page", "Không có trang này.", "Hãy kiểm tra lại đường dẫn."),
    (408, "too_slow", "Yêu cầu gửi lên quá chậm nên đã bị ngắt.", "Hãy kiểm tra kết nối mạng rồi gửi lại."),
    (
        413,
        "too_large",
        "Tệp hoặc nội dung gửi lên vượt quá 25 MB.",
        "Hãy chia nhỏ hoặc giảm dung lượng rồi gửi lại.",
    ),
    (
        429,
        "too_many",
        "Tài khoản hoặc địa chỉ mạng này gửi quá nhiều yêu cầu trong một giây.",
        "Hãy chờ vài giây rồi thử lại.",
    ),
    (
        431,
        "headers_too_large",
        "Tiêu đề của yêu cầu quá lớn.",
        "Hãy xóa cookie của trang này rồi đăng nhập lại.",
    ),
    (
        502,
        "no_answer",
        "Dịch vụ trả lời không đúng.",
        "Hãy thử lại sau ít phút; dữ liệu đã lưu không bị mất. Tình trạng: /trang-thai",
    ),
    (
        503,
        "unavailable",
        "Dịch vụ đang tạm gián đoạn.",
        "Hãy thử lại sau ít phút; dữ liệu đã lưu không bị mất. Tình trạng: /trang-thai",
    ),
    (504, "timed_out", "Dịch vụ chưa trả lời kịp.", "Hãy kiểm tra kết quả trước khi gửi lại."),
)
