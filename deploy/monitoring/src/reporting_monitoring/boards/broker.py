"""NATS: connections, traffic, and the store of events with its consumers."""

from reporting_monitoring.board import Board, Row, bars, lines

BOARD = Board(
    "broker",
    "Sự kiện (NATS)",
    (
        Row(
            "Máy chủ",
            (
                lines("Kết nối", ("gnatsd_varz_connections", "kết nối")),
                lines(
                    "Thông điệp mỗi giây",
                    ("rate(gnatsd_varz_in_msgs[5m])", "vào"),
                    ("rate(gnatsd_varz_out_msgs[5m])", "ra"),
                    unit="cps",
                ),
                lines("Bộ nhớ", ("gnatsd_varz_mem", "byte"), unit="bytes"),
                lines("Bên nhận chậm", ("gnatsd_varz_slow_consumers", "tổng số")),
            ),
        ),
        Row(
            "Kho sự kiện",
            (
                bars("Sự kiện theo luồng", ("jetstream_stream_total_messages", "{{stream_name}}")),
                bars(
                    "Dung lượng theo luồng", ("jetstream_stream_total_bytes", "{{stream_name}}"), unit="bytes"
                ),
                lines(
                    "Kho đã dùng",
                    (
                        "gnatsd_varz_jetstream_stats_storage / gnatsd_varz_jetstream_config_max_storage",
                        "tỷ lệ",
                    ),
                    unit="percentunit",
                ),
                lines("Chờ giao theo bộ nhận", ("jetstream_consumer_num_pending", "{{consumer_name}}")),
                lines("Giao lại theo bộ nhận", ("jetstream_consumer_num_redelivered", "{{consumer_name}}")),
            ),
        ),
    ),
)
