"""The operator's consents to upgrades (QN 21.3): one line each in a file that only grows, chained by hash.

A line is taken away, changed or put in between only by making every later hash anew, and the last hash stands on
the printed minutes, outside the machine.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from reporting_stack.layout import StackError

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
RULE = "QN 21.3"
_FIRST = "0" * 64
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,60}")
# A consent is to this upgrade, not to any at any time.
HOLDS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Consent:
    """Who agreed, by which document, to which version, from when on."""

    number: int
    version: str
    by: str
    document: str
    at: str
    recorded_at: str
    previous: str
    hash: str = ""

    def sealed(self) -> Consent:
        return replace(self, hash=self._digest())

    def is_whole(self, previous: str, number: int) -> bool:
        return (self.previous, self.number, self.hash) == (previous, number, self._digest())

    def _digest(self) -> str:
        content = {name: value for name, value in asdict(self).items() if name != "hash"}
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Consents:
    path: Path

    def all(self) -> list[Consent]:
        """In order; refuses a file that has been changed by hand."""
        if not self.path.is_file():
            return []
        found: list[Consent] = []
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                consent = Consent(**json.loads(line))
            except (ValueError, TypeError) as error:
                raise _broken(self.path, number) from error
            if not consent.is_whole(found[-1].hash if found else _FIRST, number):
                raise _broken(self.path, number)
            found.append(consent)
        return found

    def record(self, version: str, by: str, document: str, at: datetime, now: datetime) -> Consent:
        if not _VERSION.fullmatch(version):
            raise StackError(f"--to {version}: a version has letters, digits, '.', '_' and '-'")
        for option, words in (("--by", by), ("--document", document)):
            if not words.strip():
                raise StackError(
                    f"{option} is empty: a consent says who gave it and by which document ({RULE})"
                )
        if at > now:
            raise StackError(f"--at {at.isoformat()} lies ahead: a consent is recorded once it is given")
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(
            os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8"
        ) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            before = self.all()
            consent = Consent(
                number=len(before) + 1,
                version=version,
                by=by.strip(),
                document=document.strip(),
                at=at.astimezone(VIETNAM).isoformat(timespec="minutes"),
                recorded_at=now.astimezone(VIETNAM).isoformat(timespec="seconds"),
                previous=before[-1].hash if before else _FIRST,
            ).sealed()
            file.write(json.dumps(asdict(consent), ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return consent

    def to(self, version: str, now: datetime) -> Consent:
        """The newest consent to this version that still holds."""
        given = [one for one in self.all() if one.version == version]
        if not given:
            raise StackError(
                f"no recorded consent of the operator to version {version} ({RULE}): "
                f"give --by and --document with this command"
            )
        newest = given[-1]
        if now - datetime.fromisoformat(newest.at) > HOLDS:
            raise StackError(
                f"the consent to {version} of {newest.at} is older than {HOLDS.days} days: record a new one"
            )
        return newest


def minutes(consent: Consent, commit: str) -> str:
    """The record to print and sign (biên bản)."""
    at = datetime.fromisoformat(consent.at)
    recorded = datetime.fromisoformat(consent.recorded_at)
    return f"""CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

BIÊN BẢN
Về việc đồng ý nâng cấp, cập nhật Hệ thống thông tin báo cáo

Số thứ tự trong sổ đồng ý nâng cấp: {consent.number}
1. Người đồng ý: {consent.by}
2. Văn bản đồng ý: {consent.document}
3. Thời điểm đồng ý: {at:%H} giờ {at:%M} ngày {at:%d/%m/%Y}
4. Phiên bản được nâng cấp đến: {consent.version}
5. Mã nguồn tại thời điểm nâng cấp: {commit}
6. Ghi nhận lúc: {recorded:%H} giờ {recorded:%M} ngày {recorded:%d/%m/%Y}
7. Mã kiểm chứng (SHA-256): {consent.hash}

Căn cứ: việc nâng cấp, cập nhật Hệ thống phải được sự đồng ý của cơ quan quản lý, vận hành ({RULE}).

     ĐẠI DIỆN CƠ QUAN VẬN HÀNH                         NGƯỜI THỰC HIỆN NÂNG CẤP
        (Ký, ghi rõ họ tên)                               (Ký, ghi rõ họ tên)
"""


def _broken(path: Path, number: int) -> StackError:
    return StackError(f"{path}: line {number} isn't what was recorded; restore the file from the backup")
