"""Which adapters stand behind the command line: files of the repository instead of a database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from province_profile import load_profiles

from catalog.adapters.holiday_seed import SeededYears
from catalog.domain.calendar import WorkingCalendar
from catalog.entrypoints.cli.app import Offline, app


def main(words: Sequence[str], profiles_dir: Path) -> None:
    """Ends the process with the command's exit status."""
    offline = Offline(lambda: load_profiles(profiles_dir), lambda: WorkingCalendar(SeededYears()))
    app(list(words), prog_name="reporting", obj=offline)
