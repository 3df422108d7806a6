"""Which adapters stand behind the command line: files of the repository instead of a database.

They are loaded by the command that asks for them, so that the others start without waiting for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

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

    app(list(words), prog_name="reporting", obj=Offline(profiles, _calendar, _convert_document))


def _calendar() -> WorkingCalendar:
    from catalog.adapters.holiday_seed import SeededYears
    from catalog.domain.calendar import WorkingCalendar

    return WorkingCalendar(SeededYears())


def _convert_document() -> Callable[[bytes], Converted]:
    from catalog.adapters.docx_parts import convert_docx

    return convert_docx
