"""Which adapters stand behind the command line: files of the repository instead of a database.

They are loaded by the command that asks for them, so that the others start without waiting for them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from typer.exceptions import TyperException

from catalog.entrypoints.cli.app import Offline, app

if TYPE_CHECKING:
    from forms.legacy import Converted
    from province_profile import Profiles

    from catalog.domain.calendar import WorkingCalendar


def main(words: Sequence[str], profiles_dir: Path) -> None:
    """Ends the process with the command's exit status."""

    def profiles() -> Profiles:
        from province_profile import load_profiles

        return load_profiles(profiles_dir)

    offline = Offline(profiles, _calendar, _convert_document)
    try:
        sys.exit(app(list(words), prog_name="reporting", obj=offline, standalone_mode=False))
    except TyperException as wrong:
        sys.exit(_not_understood(wrong, words))


def _not_understood(wrong: TyperException, words: Sequence[str]) -> int:
    """A missing or unknown option is refused as everything else is: in words, or as data with --json."""
    from kit.errors import InvalidInput, Place

    from catalog.entrypoints.cli.answering import REFUSED, as_data, print_json, print_refusal, verdict

    named = getattr(getattr(wrong, "param", None), "name", None) or getattr(wrong, "option_name", None)
    refusal = InvalidInput(
        "catalog.command.not_understood",
        f"Lệnh “{words[0]}” thiếu hoặc có chỗ không hiểu: {named or wrong.format_message()}.",
        places=(Place(field=named),) if named else (),
        remedy=f"Xem cách viết: bin/reporting {words[0]} --help.",
    )
    if "--json" in words:
        print_json({**verdict(refusal), **as_data(refusal)})
    else:
        print_refusal(refusal)
    return REFUSED


def _calendar() -> WorkingCalendar:
    from catalog.adapters.holiday_seed import SeededYears
    from catalog.domain.calendar import WorkingCalendar

    return WorkingCalendar(SeededYears())


def _convert_document() -> Callable[[bytes], Converted]:
    from catalog.adapters.docx_parts import convert_docx

    return convert_docx
