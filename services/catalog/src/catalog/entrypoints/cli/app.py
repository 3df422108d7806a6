"""The catalog's commands of `bin/reporting`. Each loads what it needs when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

COMMANDS = frozenset({"form-check", "form-roundtrip"})

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None
)

Workbook = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="an .xlsx file")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of words")]


@app.command("form-check")
def form_check(
    file: Workbook,
    profile: Annotated[str | None, typer.Option(help="province profile, such as dak-lak")] = None,
    filled: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="a filled copy of the form")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what the importer takes a form for; read a filled copy of it. Exit status 2: refused."""
    from catalog.entrypoints.cli.form_check import check

    raise typer.Exit(check(file, profile=profile, filled=filled, as_json=as_json))


@app.command("form-roundtrip")
def form_roundtrip(
    file: Workbook,
    out: Annotated[Path, typer.Option(dir_okay=False, help="where the form is written")],
    as_json: AsJson = False,
) -> None:
    """Import a form, write it back and name every part that differs. Exit status 2: refused."""
    from catalog.entrypoints.cli.form_roundtrip import roundtrip

    raise typer.Exit(roundtrip(file, out, as_json=as_json))
