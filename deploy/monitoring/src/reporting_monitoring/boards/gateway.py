"""Envoy: what comes in, what is turned away, how each part behind answers."""

from reporting_monitoring.board import Board, Rare, Row, lines

BOARD = Board(
    "gateway",
    "Cổng vào (Envoy)",
    (
        Row(
            "Bên ngoài",
            (
                lines(
                    "Trả lời theo loại",
                    (
                        'sum by (envoy_response_code_class) (rate(envoy_http_downstream_rq_xx{envoy_http_conn_manager_prefix="gateway"}[5m]))',
                        "{{envoy_response_code_class}}xx",
                    ),
                    unit="reqps",
                ),
                lines(
                    "Kết nối đang mở",
                    ('envoy_http_downstream_cx_active{envoy_http_conn_manager_prefix="gateway"}', "kết nối"),
                ),
                lines(
                    "Giới hạn số yêu cầu của mỗi tài khoản",
                    ("sum(rate(envoy_http_local_rate_limit_ok[5m]))", "cho qua"),
                    (
                        "sum(rate(envoy_http_local_rate_limit_enabled[5m])) - sum(rate(envoy_http_local_rate_limit_ok[5m]))",
                        "từ chối",
                    ),
                    unit="reqps",
                ),
                lines(
                    "Thời gian trả lời (95 %)",
                    (
                        'histogram_quantile(0.95, sum by (le) (rate(envoy_http_downstream_rq_time_bucket{envoy_http_conn_manager_prefix="gateway"}[5m])))',
                        "ms",
                    ),
                    unit="ms",
                ),
            ),
        ),
        Row(
            "Các phần phía sau",
            (
                lines(
                    "Yêu cầu theo phần",
                    (
                        "sum by (envoy_cluster_name) (rate(envoy_cluster_upstream_rq_total[5m]))",
                        "{{envoy_cluster_name}}",
                    ),
                    unit="reqps",
                ),
                lines(
                    "Lỗi 5xx theo phần",
                    (
                        'sum by (envoy_cluster_name) (rate(envoy_cluster_upstream_rq_xx{envoy_response_code_class="5"}[5m]))',
                        "{{envoy_cluster_name}}",
                    ),
                    unit="reqps",
                    rare=Rare.SERVER_ERROR,
                ),
                lines("Bản sao khỏe", ("envoy_cluster_membership_healthy", "{{envoy_cluster_name}}")),
                lines("Bộ nhớ", ("envoy_server_memory_allocated", "byte"), unit="bytes"),
            ),
        ),
    ),
)
