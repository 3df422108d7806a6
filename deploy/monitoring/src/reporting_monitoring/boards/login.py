"""Keycloak: who signs in and who is refused, by cause and never by name; how full it is."""

from reporting_monitoring.board import Board, Rare, Row, lines

EVENTS = "keycloak_user_events_total"

BOARD = Board(
    "login",
    "Đăng nhập (Keycloak)",
    (
        Row(
            "Đăng nhập",
            (
                lines(
                    "Đăng nhập được",
                    (f'sum(increase({EVENTS}{{event="login",error=""}}[10m]))', "trong 10 phút"),
                ),
                lines(
                    "Đăng nhập bị từ chối",
                    (f'sum by (error) (increase({EVENTS}{{event="login",error!=""}}[10m]))', "{{error}}"),
                    rare=Rare.FAILED_SIGN_IN,
                ),
                lines("Sự kiện theo loại", (f"sum by (event) (rate({EVENTS}[5m]))", "{{event}}"), unit="cps"),
            ),
        ),
        Row(
            "Máy chủ",
            (
                lines("Bộ nhớ Java", ("sum by (area) (jvm_memory_used_bytes)", "{{area}}"), unit="bytes"),
                lines("Dọn bộ nhớ", ("rate(jvm_gc_pause_seconds_sum[5m])", "{{action}}"), unit="percentunit"),
                lines(
                    "Kết nối cơ sở dữ liệu",
                    ("agroal_active_count", "đang dùng"),
                    ("agroal_available_count", "sẵn có"),
                ),
                lines("CPU", ("process_cpu_usage", "Keycloak"), unit="percentunit"),
            ),
        ),
    ),
)
