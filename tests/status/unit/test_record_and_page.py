"""The status page says what the probes found, for ninety days, without the system it tells of."""

import asyncio
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import uvicorn
from reporting_status.page import write_page
from reporting_status.probes import Answer, ask_all, read_maintenances
from reporting_status.record import DAYS_SHOWN, Record
from reporting_status.serving import application
from reporting_status.settings import Component, Settings

BEGUN = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def a_component(key: str = "sign-in", **more: object) -> Component:
    told = {"key": key, "name": "Đăng nhập", "url": "http://127.0.0.1:9/"} | more
    return Component.model_validate(told)


def settings(folder: Path, *components: Component, **more: object) -> Settings:
    told = {"title": "Hệ thống", "folder": folder, "components": components or (a_component(),), "port": 1}
    return Settings.model_validate(told | more)


def at(seconds: float) -> datetime:
    return BEGUN + timedelta(seconds=seconds)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "record.sqlite")


def asked(record: Record, *faults: str, begun: datetime = BEGUN) -> None:
    for number, fault in enumerate(faults):
        record.take([Answer(a_component(), fault)], begun + timedelta(seconds=20 * number), failures=2)


def test_one_lost_answer_is_no_outage_two_in_a_row_are_one_from_the_first(record: Record) -> None:
    asked(record, "", "mất", "", "mất", "mất", "mất", "")

    (outage,) = record.outages(BEGUN)

    assert (outage.from_at, outage.to_at, outage.fault) == (at(60), at(120), "mất")


def test_an_outage_goes_on_across_a_restart_of_the_program(tmp_path: Path) -> None:
    asked(Record(tmp_path / "record.sqlite"), "", "mất", "mất")
    again = Record(tmp_path / "record.sqlite")
    asked(again, "mất", "", begun=at(60))

    (outage,) = again.outages(BEGUN)

    assert (outage.from_at, outage.to_at) == (at(20), at(80))


def test_a_first_start_is_no_outage_and_is_not_called_up_either(tmp_path: Path) -> None:
    made, record = settings(tmp_path), Record(tmp_path / "record.sqlite")
    asked(record, "mất", "mất", "mất")
    write_page(made, record, at(60))
    html = (tmp_path / "page" / "index.html").read_text(encoding="utf-8")
    (told,) = json.loads((tmp_path / "page" / "status.json").read_text(encoding="utf-8"))["components"]
    asked(record, "", "", begun=at(80))

    assert "Đang khởi động lần đầu: Đăng nhập." in html
    assert (told["up"], told["share"]) == (False, None)
    assert record.outages(BEGUN) == []
    assert [(day.good, day.bad) for day in record.days("sign-in", BEGUN.date())][-1] == (2, 0)


def test_days_are_vietnams_and_older_ones_are_forgotten(record: Record) -> None:
    asked(record, "", begun=datetime(2026, 11, 24, 17, 0, tzinfo=UTC))
    days = record.days("sign-in", BEGUN.date())
    asked(record, "", begun=BEGUN + timedelta(days=DAYS_SHOWN + 1))
    later = record.days("sign-in", (BEGUN + timedelta(days=DAYS_SHOWN + 1)).date())

    assert len(days) == DAYS_SHOWN
    assert (days[-1].day.isoformat(), days[-1].good) == ("2026-11-25", 1)
    assert sum(day.good for day in later) == 1


def test_the_page_tells_outage_maintenance_and_shares_without_a_script(tmp_path: Path) -> None:
    made = settings(tmp_path)
    record = Record(tmp_path / "record.sqlite")
    asked(record, "", "", "mất <b>", "mất <b>")
    maintenance = {
        "id": "1",
        "title": "Nâng cấp",
        "what": "Cài bản mới",
        "place": "Tỉnh A",
        "starts_at": at(86400).isoformat(),
        "ends_at": at(90000).isoformat(),
        "stage": "planned",
        "emergency": False,
    }
    record.keep("maintenances", [maintenance, maintenance | {"ends_at": at(-60).isoformat()}])
    write_page(made, record, at(60))

    html = (tmp_path / "page" / "index.html").read_text(encoding="utf-8")
    told = json.loads((tmp_path / "page" / "status.json").read_text(encoding="utf-8"))

    assert "Có sự cố: Đăng nhập." in html
    assert "Ngừng từ 16 giờ 00 ngày 25/11/2026: mất &lt;b&gt;" in html
    assert "50,00 %" in html
    assert "từ 16 giờ 00 ngày 26/11/2026" in html
    assert not re.search(r"<script|\son\w+=|https?://", html)
    assert told["outages"][0]["to_at"] is None
    assert len(told["maintenances"]) == 1
    assert told["components"][0]["up"] is False


async def test_served_under_its_own_address_and_asked_as_a_browser_asks(tmp_path: Path) -> None:
    folder = tmp_path / "page"
    write_page(settings(tmp_path), Record(tmp_path / "record.sqlite"), BEGUN)
    server = uvicorn.Server(
        uvicorn.Config(application(folder), host="127.0.0.1", port=0, log_level="warning")
    )
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    try:
        asking = settings(
            tmp_path,
            a_component("well", url=url, contains="Tình trạng"),
            a_component("other-page", url=url, contains='name="username"'),
            a_component("no-page", url=f"{url}/nowhere"),
            a_component("nobody", url="http://127.0.0.1:9/"),
            maintenances=f"{url}/trang-thai/status.json",
        )
        faults = {one.component.key: one.fault for one in await ask_all(asking)}
        nothing_there = await read_maintenances(asking)
        async with httpx.AsyncClient() as client:
            page = await client.get(f"{url}/trang-thai")
    finally:
        server.should_exit = True
        await serving

    assert faults["well"] == ""
    assert faults["other-page"] == "trang trả lời không đúng nội dung"
    assert faults["no-page"] == "trả lời mã 404"
    assert "không kết nối được" in faults["nobody"]
    assert nothing_there is None
    assert "default-src 'none'" in page.headers["content-security-policy"]
