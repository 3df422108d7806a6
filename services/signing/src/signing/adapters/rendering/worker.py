"""Sets one document with typst, in a process apart (kit.apart): no text can hold or exhaust the service."""

from __future__ import annotations

import json
from datetime import datetime

import typst


def typeset(ordered: bytes) -> bytes:
    """From JSON {"template", "folders", "document", "standard", "moment"} to JSON {"fields"} on one line, then
    the PDF; or {"error"}."""
    order = json.loads(ordered)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=order["folders"])
    with open(order["template"], "rb") as file:
        template = file.read()
    inputs = {"document": json.dumps(order["document"], ensure_ascii=False)}
    try:
        pdf = typst.compile(
            template,
            sys_inputs=inputs,
            font_paths=fonts,
            pdf_standards=[order["standard"]],
            timestamp=datetime.fromisoformat(order["moment"]),
        )
        fields = json.loads(
            typst.query(template, "<field>", field="value", sys_inputs=inputs, font_paths=fonts)
        )
    except typst.TypstError as error:
        return json.dumps({"error": error.message}).encode()
    assert isinstance(pdf, bytes)
    return json.dumps({"fields": fields}).encode() + b"\n" + pdf
