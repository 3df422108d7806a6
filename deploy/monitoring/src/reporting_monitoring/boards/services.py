"""One service by its golden signals: traffic, errors, time, how full it is; routes, calls, events, jobs."""

from reporting_monitoring.board import Board, Rare, Row, lines

S = 'service="$service"'
HTTP = "reporting_http_request_seconds"
RPC = "reporting_grpc_server_seconds"

BOARD = Board(
    "services",
    "Từng dịch vụ",
    (
        Row(
            "Yêu cầu",
            (
                lines(
                    "Số yêu cầu theo đường dẫn",
                    (f"sum by (method, route) (rate({HTTP}_count{{{S}}}[5m])) > 0", "{{method}} {{route}}"),
                    unit="reqps",
                ),
                lines(
                    "Thời gian của 95 % số yêu cầu",
                    (
                        f"histogram_quantile(0.95, sum by (method, route, le) (rate({HTTP}_bucket{{{S}}}[5m]))) > 0",
                        "{{method}} {{route}}",
                    ),
                    unit="s",
                    exemplars=True,
                ),
                lines(
                    "Yêu cầu lỗi (5xx)",
                    (
                        f'sum by (route, status) (rate({HTTP}_count{{{S},status=~"5.."}}[5m]))',
                        "{{status}} {{route}}",
                    ),
                    unit="reqps",
                    rare=Rare.SERVER_ERROR,
                ),
                lines("Yêu cầu đang xử lý", (f"sum(reporting_http_requests_in_flight{{{S}}})", "đang xử lý")),
            ),
        ),
        Row(
            "Dịch vụ gọi nhau",
            (
                lines(
                    "Lời gọi đến",
                    (f"sum by (rpc, code) (rate({RPC}_count{{{S}}}[5m]))", "{{rpc}} {{code}}"),
                    unit="reqps",
                ),
                lines(
                    "Thời gian lời gọi đến (95 %)",
                    (
                        f"histogram_quantile(0.95, sum by (rpc, le) (rate({RPC}_bucket{{{S}}}[5m])))",
                        "{{rpc}}",
                    ),
                    unit="s",
                ),
                lines(
                    "Thời gian gọi đi (95 %)",
                    (
                        f"histogram_quantile(0.95, sum by (peer, le) (rate(reporting_grpc_client_seconds_bucket{{{S}}}[5m])))",
                        "{{peer}}",
                    ),
                    unit="s",
                ),
            ),
        ),
        Row(
            "Sự kiện và việc định kỳ",
            (
                lines(
                    "Sự kiện phát đi",
                    (f"sum(rate(reporting_outbox_published_total{{{S}}}[5m]))", "mỗi giây"),
                    unit="cps",
                ),
                lines(
                    "Tuổi của sự kiện chờ lâu nhất",
                    (f"max(reporting_outbox_oldest_seconds{{{S}}})", "giây"),
                    unit="s",
                ),
                lines(
                    "Sự kiện chờ theo bộ nhận",
                    (
                        f"max by (consumer) (reporting_consumer_lag{{{S}}} + reporting_consumer_unsettled{{{S}}})",
                        "{{consumer}}",
                    ),
                ),
                lines(
                    "Kết quả xử lý sự kiện",
                    (
                        f"sum by (consumer, outcome) (rate(reporting_consumer_seconds_count{{{S}}}[5m]))",
                        "{{consumer}} {{outcome}}",
                    ),
                    unit="cps",
                ),
                lines(
                    "Sự kiện tách riêng vì lỗi",
                    (f"max by (consumer) (reporting_dead_letters{{{S}}})", "{{consumer}}"),
                    rare=Rare.DEAD_LETTER,
                ),
                lines(
                    "Thời gian việc định kỳ (95 %)",
                    (
                        f"histogram_quantile(0.95, sum by (exported_job, le) (rate(reporting_job_seconds_bucket{{{S}}}[15m])))",
                        "{{exported_job}}",
                    ),
                    unit="s",
                ),
            ),
        ),
        Row(
            "Tiến trình",
            (
                lines("Bộ nhớ", (f"process_resident_memory_bytes{{{S}}}", "{{instance}}"), unit="bytes"),
                lines(
                    "CPU", (f"rate(process_cpu_seconds_total{{{S}}}[5m])", "{{instance}}"), unit="percentunit"
                ),
                lines(
                    "Kết nối cơ sở dữ liệu",
                    (f"reporting_database_connections_in_use{{{S}}}", "đang dùng"),
                    (f"reporting_database_connections_limit{{{S}}}", "giới hạn"),
                ),
            ),
        ),
    ),
    variables=(("service", "label_values(reporting_ready, service)"),),
)
