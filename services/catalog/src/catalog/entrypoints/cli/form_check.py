"""`form-check`: what the importer takes a form for, and what a filled copy of it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forms.compute import compute
from forms.describing import by_place, describe_indicators, describe_sheets, list_cells
from forms.filled import Filled, read_filled
from forms.messages import Message, Severity, errors
from forms.model import CellKind
from forms.reading import Proposal, propose
from forms.values import Figures
from kit.clock import VIETNAM
from kit.errors import DomainError, NotFound
from kit.ids import new_id

from catalog.domain.form import refuse_secret
from catalog.entrypoints.cli.answering import (
    ACCEPTED,
    REFUSED,
    bounded,
    content_of,
    print_json,
    print_refusal,
    verdict,
)

if TYPE_CHECKING:
    from province_profile import Profiles, ProvinceProfile

_NO_PROFILE = "Phạm vi hệ thống theo quy chế của tỉnh (chọn --profile để nêu điều khoản)."
_SEVERITIES = {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.INFORMATION: "thông tin"}


def check(
    file: Path,
    *,
    profiles: Callable[[], Profiles],
    profile: str | None,
    filled: Path | None,
    as_json: bool,
) -> int:
    """Prints the answer; its exit status."""
    proposal: Proposal | None = None
    copy: Filled | None = None
    refusal: DomainError | None = None
    in_copy = False
    try:
        province = None if profile is None else _in_force(profiles(), profile)
        proposal = bounded(lambda: _propose(file, province))
        if filled is not None:
            in_copy = True
            copy = bounded(lambda: _read_copy(proposal, filled, province))
            copy.refuse_errors()
    except DomainError as error:
        refusal = error
    if as_json:
        answer = verdict(refusal)
        answer["sheets"] = [] if proposal is None else describe_sheets(proposal)
        answer["indicators"] = [] if proposal is None else describe_indicators(proposal.model)
        if filled is not None:
            answer |= _copy_as_data(proposal, copy, refusal if in_copy else None)
        print_json(answer)
    else:
        if proposal is not None:
            _tell_form(proposal)
        if proposal is not None and copy is not None:
            _tell_copy(proposal, copy)
        if refusal is not None:
            print_refusal(refusal)
    return ACCEPTED if refusal is None else REFUSED


def _propose(file: Path, profile: ProvinceProfile | None) -> Proposal:
    proposal = propose(content_of(file), text_rule=_text_rule(profile))
    rule = _NO_PROFILE if profile is None else profile.regimes.secret_refused.reference
    refuse_secret(proposal.model, rule)
    return proposal


def _text_rule(profile: ProvinceProfile | None) -> str | None:
    return None if profile is None else profile.unicode_text.reference


def _in_force(profiles: Profiles, name: str) -> ProvinceProfile:
    known = profiles.keys()
    if name not in known:
        raise NotFound(
            "catalog.profile.unknown",
            f"Không có cấu hình tỉnh “{name}”.",
            remedy=f"Chọn một trong: {', '.join(known)}.",
        )
    return profiles.in_force_on(name, datetime.now(VIETNAM).date())


def _read_copy(proposal: Proposal, path: Path, profile: ProvinceProfile | None) -> Filled:
    return read_filled(
        proposal.model,
        content_of(path),
        new_row_id=lambda: str(new_id()),
        text_rule=_text_rule(profile),
    )


def _copy_as_data(
    proposal: Proposal | None, copy: Filled | None, refusal: DomainError | None
) -> dict[str, Any]:
    if proposal is None or copy is None:
        faults = [] if refusal is None else [_fault_of(refusal)]
        return {"values": {}, "computed": {}, "faults": faults}
    return {
        "values": by_place(copy.figures, copy.places, blanks=False),
        "computed": by_place(_computed(proposal, copy), copy.places, blanks=True),
        "faults": [_fault(message) for message in copy.messages],
    }


def _computed(proposal: Proposal, copy: Filled) -> Figures:
    return Figures() if errors(copy.messages) else compute(proposal.model, copy.figures)


def _fault(message: Message) -> dict[str, Any]:
    return {
        "sheet": message.sheet,
        "cell": message.a1,
        "found": message.found,
        "expected": message.expected,
        "severity": message.severity.value,
        "code": message.code,
        "message": message.message,
    }


def _fault_of(refusal: DomainError) -> dict[str, Any]:
    place = refusal.places[0] if refusal.places else None
    return {
        "sheet": None if place is None else place.sheet,
        "cell": None if place is None else place.cell,
        "found": None,
        "expected": refusal.remedy,
        "severity": Severity.ERROR.value,
        "code": refusal.code,
        "message": refusal.message,
    }


def _tell_form(proposal: Proposal) -> None:
    for sheet, said in zip(proposal.model.sheets, describe_sheets(proposal), strict=True):
        print(f"Trang “{said['name']}”: {sheet.title}")
        print(
            f"  dòng tiêu đề: {_listed(said['header_rows'])}; dòng số cột: {sheet.number_row or 'không có'}"
        )
        if said["list_rows"]:
            print(f"  danh sách: {said['list_rows']}, số dòng không hạn chế")
        print(f"  ô nhập: {_listed(said['input'])}")
        print(f"  ô tính: {len(said['computed'])}; nhãn: {said['labels']}; vùng gộp: {len(said['merged'])}")
        for address, cell in list_cells(sheet):
            if cell.kind is CellKind.COMPUTED:
                print(f"    {address.a1} = {cell.formula}    ({cell.reason})")
        for cell_place, why in said["untranslated"].items():
            print(f"    {cell_place}: không dịch được, {why}")
        reasons: dict[str, list[str]] = {}
        for address, cell in list_cells(sheet):
            if cell.kind is not CellKind.COMPUTED:
                reasons.setdefault(cell.reason, []).append(address.a1)
        for reason, places in reasons.items():
            print(f"    {reason} [{_listed(places[:6])}{', …' if len(places) > 6 else ''}]")
    for note in proposal.reasons:
        print(f"  {note.message}")


def _tell_copy(proposal: Proposal, copy: Filled) -> None:
    values = by_place(copy.figures, copy.places, blanks=False)
    computed = by_place(_computed(proposal, copy), copy.places, blanks=True)
    print(f"Bản đã điền: {len(values)} ô có số liệu, {len(computed)} ô tính.")
    for place, value in computed.items():
        print(f"    {place} = {value or '(trống)'}")
    for message in copy.messages:
        print(f"  {_SEVERITIES[message.severity]}: {message.message}  [{message.code}]")


def _listed(items: Iterable[object]) -> str:
    return ", ".join(map(str, items)) or "không có"
