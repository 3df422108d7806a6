"""A province's indicators as SDMX structures: codelists, a concept scheme, a data structure definition (SDMX-ML 2.1).

sdmx1 brings pandas with it, so it is imported when somebody asks, not when the service starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from catalog.application.catalogue_ports import Structures
from catalog.domain.indicator_set import IndicatorSet
from catalog.domain.shared import EntryKind, SharedEntry

TOTAL = "_T"
FREQUENCIES = {
    "D": "Ngày", "M": "Tháng", "Q": "Quý", "S": "6 tháng", "A": "Năm", "I": "Kỳ khác",
}  # fmt: skip
VALUE_KINDS = {
    "PLAN": "Kế hoạch",
    "ESTIMATE": "Ước thực hiện",
    "PRELIMINARY": "Sơ bộ",
    "OFFICIAL": "Chính thức",
}
CONCEPTS = {
    "FREQ": "Kỳ báo cáo",
    "REF_AREA": "Đơn vị báo cáo",
    "INDICATOR": "Chỉ tiêu",
    "VALUE_KIND": "Loại số liệu",
    "TIME_PERIOD": "Thời gian",
    "OBS_VALUE": "Giá trị",
    "UNIT_MEASURE": "Đơn vị tính",
}


def write_structures(structures: Structures) -> bytes:
    import sdmx
    from sdmx.message import Header, StructureMessage

    made = _Structures(structures)
    message = StructureMessage(header=Header(id=f"{made.agency.id}_STRUCTURES", sender=made.agency))
    for found in made.codelists.values():
        message.codelist[found.id] = found
    message.concept_scheme[made.concepts.id] = made.concepts
    message.structure[made.definition.id] = made.definition
    if structures.chosen is not None:
        chosen = made.of_set(structures.chosen)
        message.codelist[chosen.id] = chosen
    return bytes(sdmx.to_xml(message, pretty_print=True))


class _Structures:
    def __init__(self, told: Structures) -> None:
        from sdmx.model import v21

        self._model: Any = v21
        self.agency = v21.Agency(id=_name(told.province_code), name=_vi(told.province_name))
        self._owned = {
            "maintainer": self.agency,
            "version": "1.0",
            "is_final": False,
            "is_external_reference": False,
        }
        self._entries = {entry.id: entry for entry in told.entries}
        self._told = told.indicators
        breakdowns = _of(told.entries, EntryKind.BREAKDOWN)
        measures = _of(told.entries, EntryKind.MEASURE)
        self.codelists: dict[str, Any] = {
            "FREQ": self._codelist("CL_FREQ", "Kỳ báo cáo", FREQUENCIES.items()),
            "INDICATOR": self._indicators(told),
            "VALUE_KIND": self._codelist("CL_VALUE_KIND", "Loại số liệu", VALUE_KINDS.items()),
            "UNIT_MEASURE": self._codelist(
                "CL_UNIT_MEASURE", "Đơn vị tính", ((_id(one.code), one.terms.name) for one in measures)
            ),
            "DOMAIN": self._codelist(
                "CL_DOMAIN",
                "Lĩnh vực",
                ((_id(one.code), one.terms.name) for one in _of(told.entries, EntryKind.DOMAIN)),
            ),
        }
        for one in breakdowns:
            items = [(TOTAL, "Tổng số"), *((_id(item.code), item.name) for item in one.terms.items)]
            self.codelists[_name(one.code)] = self._codelist(f"CL_{_id(one.code)}", one.terms.name, items)
        names = {**CONCEPTS, **{_name(one.code): one.terms.name for one in breakdowns}}
        self.concepts: Any = v21.ConceptScheme(
            id="CS_INDICATORS", name=_vi("Khái niệm của hệ thống chỉ tiêu"), **self._owned
        )
        for id, name in names.items():
            self.concepts.append(v21.Concept(id=id, name=_vi(name)))
        self.definition = self._definition([_name(one.code) for one in breakdowns])

    def _indicators(self, told: Structures) -> Any:
        """Each with its concept, calculation method and unit of measure beside the name."""
        found = self._codelist("CL_INDICATOR", "Chỉ tiêu", ())
        for one in told.indicators:
            version = one.published
            if version is None:
                continue
            terms = version.terms
            measure = self._entries.get(terms.measure_id) if terms.measure_id else None
            notes = {
                "CODE": one.code,
                "METHOD": terms.method,
                "UNIT_MEASURE": "" if measure is None else _id(measure.code),
                "DECIMALS": str(terms.precision),
                "NATIONAL_CODE": terms.national_code,
            }
            found.append(
                self._model.Code(
                    id=_id(one.code),
                    name=_vi(terms.name),
                    description=_vi(terms.concept),
                    annotations=[
                        self._model.Annotation(id=id, text=_vi(words)) for id, words in notes.items() if words
                    ],
                )
            )
        return found

    def of_set(self, chosen: IndicatorSet) -> Any:
        """The set as a hierarchy of codes: its groups in order, below each its indicators in order."""
        known = {code.id for code in self.codelists["INDICATOR"]}
        codes = {one.id: _id(one.code) for one in self._told}
        found = self._codelist(f"CL_SET_{_id(chosen.code)}", chosen.terms.name, ())
        for number, group in enumerate(chosen.terms.groups, 1):
            parent = self._model.Code(id=f"GROUP_{number}", name=_vi(group.name))
            self._weighed(parent, group.weight)
            found.append(parent)
            for item in group.items:
                id = codes.get(item.indicator_id, "")
                if id in known:
                    code = self._model.Code(id=id, name=self.codelists["INDICATOR"][id].name, parent=parent)
                    self._weighed(code, item.weight)
                    found.append(code)
        return found

    def _weighed(self, code: Any, weight: Decimal | None) -> None:
        if weight is not None:
            code.annotations.append(self._model.Annotation(id="WEIGHT", text=_vi(str(weight))))

    def _codelist(self, id: str, name: str, codes: Iterable[tuple[str, str]]) -> Any:
        found: Any = self._model.Codelist(id=id, name=_vi(name), **self._owned)
        for code, words in codes:
            found.append(self._model.Code(id=code, name=_vi(words)))
        return found

    def _definition(self, breakdowns: list[str]) -> Any:
        v21 = self._model

        def listed(id: str) -> Any:
            return v21.Representation(enumerated=self.codelists[id])

        dimensions = [
            v21.Dimension(
                id=id,
                order=order,
                concept_identity=self.concepts[id],
                local_representation=listed(id) if id in self.codelists else None,
            )
            for order, id in enumerate(("FREQ", "REF_AREA", "INDICATOR", "VALUE_KIND", *breakdowns), 1)
        ]
        time = v21.TimeDimension(
            id="TIME_PERIOD",
            order=len(dimensions) + 1,
            concept_identity=self.concepts["TIME_PERIOD"],
            local_representation=v21.Representation(
                non_enumerated=[v21.Facet(value_type=v21.FacetValueType.observationalTimePeriod)]
            ),
        )
        value = v21.PrimaryMeasure(id="OBS_VALUE", concept_identity=self.concepts["OBS_VALUE"])
        measure = v21.DataAttribute(
            id="UNIT_MEASURE",
            concept_identity=self.concepts["UNIT_MEASURE"],
            local_representation=listed("UNIT_MEASURE"),
            usage_status=v21.UsageStatus.conditional,
            related_to=v21.PrimaryMeasureRelationship(),
        )
        return v21.DataStructureDefinition(
            id="DSD_INDICATORS",
            name=_vi("Số liệu theo chỉ tiêu, đơn vị, kỳ, phân tổ"),
            dimensions=v21.DimensionDescriptor(id="DimensionDescriptor", components=[*dimensions, time]),
            measures=v21.MeasureDescriptor(id="MeasureDescriptor", components=[value]),
            attributes=v21.AttributeDescriptor(id="AttributeDescriptor", components=[measure]),
            **self._owned,
        )


def _of(entries: Iterable[SharedEntry], kind: EntryKind) -> list[SharedEntry]:
    """The retired too: figures may stand under them."""
    return [entry for entry in entries if entry.kind is kind]


def _vi(text: str) -> dict[str, str]:
    return {"vi": text}


def _id(code: str) -> str:
    """An SDMX id has letters, digits, `_`, `-` and `@` or `$`; whatever else stands in a code becomes `_`."""
    return re.sub(r"[^A-Za-z0-9_@$-]", "_", code) or "_"


def _name(code: str) -> str:
    """Agencies, concepts and dimensions begin with a letter; a province's statistical number is none."""
    id = _id(code)
    return id if id[0].isalpha() else f"VN_{id}"
