"""Reading workbooks of strangers in a process apart: whatever a file does there, the service stays up."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kit.apart import Apart, Fell, Overstayed
from kit.ids import new_id
from pydantic import TypeAdapter

from forms.filled import Filled, read_filled
from forms.legacy import Converted, LegacyPlace, convert_workbook
from forms.messages import Message
from forms.model import FormModel
from forms.package import Package
from forms.reading import Proposal, propose
from forms.refusals import BadFile
from forms.values import CellKey, Figures

_PROPOSAL = TypeAdapter(Proposal)
_PLACES = TypeAdapter(tuple[LegacyPlace, ...])


@dataclass(frozen=True, slots=True)
class WorkbookReader:
    """The same reading as ``propose`` and ``read_filled``, in bounded time and memory. A file that takes more
    of either, or ends the reader, is refused like any other bad file."""

    apart: Apart

    async def propose(self, data: bytes, *, text_rule: str | None = None) -> Proposal:
        order = json.dumps(text_rule).encode() + b"\n" + data
        return _PROPOSAL.validate_json(await self._read("propose_here", order))

    async def convert(self, data: bytes) -> Converted:
        places, _, converted = (await self._read("convert_here", data)).partition(b"\n")
        return Converted(converted, _PLACES.validate_json(places))

    async def read_filled(
        self,
        model: FormModel,
        data: bytes,
        *,
        current: Figures | None,
        form_version: str | None,
        text_rule: str | None = None,
    ) -> Filled:
        order = {
            "model": model.model_dump(mode="json"),
            "current": None if current is None else current.to_json(),
            "form_version": form_version,
            "text_rule": text_rule,
        }
        read = json.loads(await self._read("read_filled_here", json.dumps(order).encode() + b"\n" + data))
        return Filled(
            Figures.from_json(read["figures"]),
            tuple(Message.model_validate(message) for message in read["messages"]),
            read["form_version"],
            {CellKey(row, column): (sheet, a1) for row, column, sheet, a1 in read["places"]},
        )

    async def _read(self, work: str, order: bytes) -> bytes:
        try:
            return await self.apart.run(f"{__name__}:{work}", order)
        except Overstayed as error:
            raise BadFile.too_heavy() from error
        except Fell as error:
            raise BadFile.unreadable() from error


def propose_here(order: bytes) -> bytes:
    text_rule, _, data = order.partition(b"\n")
    return _PROPOSAL.dump_json(propose(data, text_rule=json.loads(text_rule)))


def convert_here(data: bytes) -> bytes:
    converted = convert_workbook(Package(data))
    return _PLACES.dump_json(converted.places) + b"\n" + converted.data


def read_filled_here(order: bytes) -> bytes:
    head, _, data = order.partition(b"\n")
    asked = json.loads(head)
    filled = read_filled(
        FormModel.model_validate(asked["model"]),
        data,
        new_row_id=lambda: str(new_id()),
        current=None if asked["current"] is None else Figures.from_json(asked["current"]),
        form_version=asked["form_version"],
        text_rule=asked["text_rule"],
    )
    return json.dumps(
        {
            "figures": filled.figures.to_json(),
            "messages": [message.model_dump(mode="json") for message in filled.messages],
            "form_version": filled.form_version,
            "places": [(*key, *place) for key, place in filled.places.items()],
        }
    ).encode()
