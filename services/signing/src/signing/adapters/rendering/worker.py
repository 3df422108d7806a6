"""Sets one document with typst in a process of its own, so that no text can hold or exhaust the service.

Reads JSON {"template", "folders", "document", "standard", "moment"} and writes JSON {"fields", "size"} on one
line, then the PDF; or {"error"}.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import datetime

import typst

ADDRESS_SPACE = 4 << 30
SECONDS = 120


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    order = json.load(sys.stdin)
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
        print(json.dumps({"error": error.message}))
        return
    assert isinstance(pdf, bytes)
    print(json.dumps({"fields": fields, "size": len(pdf)}), flush=True)
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
