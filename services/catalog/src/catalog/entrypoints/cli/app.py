"""The catalog's commands of `bin/reporting`. They need no running stack, and load what they need when called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from forms.legacy import Converted
    from province_profile import Profiles

    from catalog.domain.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Offline:
    """What stands behind the commands: the repository's profiles, its seed of the working calendar, readers of files."""

    profiles: Callable[[], Profiles]
    calendar: Callable[[], WorkingCalendar]
    convert_document: Callable[[], Callable[[bytes], Converted]]


app = typer.Typer(
    name="reporting",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Workbook = Annotated[Path, typer.Argument(metavar="FILE", help="an .xlsx file")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of words")]


@app.callback()
def catalog() -> None:
    """Biểu mẫu và thời hạn báo cáo, không cần hệ thống đang chạy."""


@app.command()
def deadline(
    context: typer.Context,
    profile: Annotated[str, typer.Option(help="key of a province profile, as its file is named")],
    kind: Annotated[str, typer.Option(help="kind of period: day, half-month, month, quarter …")],
    period: Annotated[str | None, typer.Option(help="code of the period, such as 2026-11")] = None,
    year: Annotated[int | None, typer.Option(help="all periods of the kind in a year")] = None,
    level: Annotated[str | None, typer.Option(help="level of the reporting unit, such as commune")] = None,
    rule: Annotated[str | None, typer.Option(help="deadline rule, such as 'before day 20'")] = None,
    as_json: AsJson = False,
) -> None:
    """When a report is due, by which rule and article, step by step. Exit status 3: no rule is stated."""
    from catalog.entrypoints.cli.deadline import Question, tell

    offline: Offline = context.obj
    question = Question(profile, kind, period, year, level, rule)
    raise typer.Exit(tell(question, offline.profiles(), offline.calendar(), as_json=as_json))


@app.command("form-check")
def form_check(
    context: typer.Context,
    file: Workbook,
    profile: Annotated[
        str | None, typer.Option(help="key of a province profile, as its file is named")
    ] = None,
    filled: Annotated[Path | None, typer.Option(help="a filled copy of the form")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what the importer takes a form for; read a filled copy of it. Exit status 2: refused."""
    from catalog.entrypoints.cli.form_check import check

    offline: Offline = context.obj
    raise typer.Exit(check(file, profiles=offline.profiles, profile=profile, filled=filled, as_json=as_json))


@app.command("text-check")
def text_check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="an .xlsx, .docx or text file")],
    out: Annotated[Path | None, typer.Option(help="where the converted file is written")] = None,
    as_json: AsJson = False,
) -> None:
    """Say where a file holds TCVN3 or VNI text, by what evidence, and what it reads as. Exit status 2: it does."""
    from catalog.entrypoints.cli.text_check import check

    offline: Offline = context.obj
    raise typer.Exit(check(file, offline.convert_document, out, as_json=as_json))


@app.command("form-roundtrip")
def form_roundtrip(
    file: Workbook,
    out: Annotated[Path, typer.Option(help="where the form is written")],
    as_json: AsJson = False,
) -> None:
    """Import a form, write it back and name every part that differs. Exit status 2: refused."""
    from catalog.entrypoints.cli.form_roundtrip import roundtrip

    raise typer.Exit(roundtrip(file, out, as_json=as_json))
