"""Finds a record that was changed, removed or inserted, and a tail that was dropped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from sqlalchemy import select

from kit.audit.canonical import GENESIS, merkle_root
from kit.audit.record import record_hash
from kit.audit.sealer import outside_form, seal_file, seal_hash
from kit.clock import Clock, utc_now
from kit.db.engine import Database
from kit.db.tables import KIT

# A record this old and in no seal did not come through the service.
_SEALED_WITHIN = timedelta(minutes=10)


@dataclass(slots=True)
class Verdict:
    records: int = 0
    seals: int = 0
    findings: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.findings


async def verify(
    database: Database,
    service: str,
    keys: Sequence[OKPKey],
    seal_folder: Path | None,
    *,
    clock: Clock = utc_now,
) -> Verdict:
    """`keys` are all that the service has ever sealed with: a seal holds if one of them made it."""
    verdict = Verdict()
    async with database.reading() as session:
        records = await session.stream(
            select(KIT.audit_record).order_by(
                KIT.audit_record.c.aggregate_kind,
                KIT.audit_record.c.aggregate_id,
                KIT.audit_record.c.sequence,
            )
        )
        present: dict[Any, bytes] = {}
        ages: dict[Any, Any] = {}
        chain: tuple[str, str] | None = None
        expected, previous = 1, GENESIS
        tails: dict[tuple[str, str], tuple[int, bytes]] = {}
        async for row in records.mappings():
            verdict.records += 1
            key_of = (row["aggregate_kind"], row["aggregate_id"])
            if key_of != chain:
                chain, expected, previous = key_of, 1, GENESIS
            name = f"{key_of[0]} {key_of[1]} #{row['sequence']}"
            if row["sequence"] != expected:
                verdict.findings.append(f"removed: before {name}, #{expected} is missing")
            if record_hash(dict(row)) != bytes(row["hash"]):
                verdict.findings.append(f"changed: {name} is not what was hashed")
            elif bytes(row["previous_hash"]) != previous and row["sequence"] == expected:
                verdict.findings.append(f"broken chain: {name} does not follow its predecessor")
            expected, previous = row["sequence"] + 1, bytes(row["hash"])
            tails[key_of] = (row["sequence"], previous)
            present[row["id"]] = previous
            ages[row["id"]] = (row["at"], name)
        heads = (await session.execute(select(KIT.audit_head))).all()
        for head in heads:
            tail = tails.get((head.aggregate_kind, head.aggregate_id), (0, GENESIS))
            if tail != (head.sequence, bytes(head.hash)):
                name = f"{head.aggregate_kind} {head.aggregate_id}"
                verdict.findings.append(f"dropped tail: {name} ends at #{tail[0]}, not #{head.sequence}")
        leaves = (
            await session.execute(
                select(KIT.audit_seal_leaf).order_by(
                    KIT.audit_seal_leaf.c.seal_number, KIT.audit_seal_leaf.c.leaf
                )
            )
        ).all()
        seals = (await session.execute(select(KIT.audit_seal).order_by(KIT.audit_seal.c.number))).all()
    kept: list[Mapping[str, Any]] = [dict(row._mapping) for row in seals]
    _check_leaves(verdict, leaves, present)
    sealed = {leaf.record_id for leaf in leaves}
    for record_id, (at, name) in ages.items():
        if record_id not in sealed and at < clock() - _SEALED_WITHIN:
            verdict.findings.append(f"inserted: {name} is older than its seal would be, and in none")
    _check_seals(verdict, kept, leaves, keys)
    if seal_folder is not None:
        _check_outside(verdict, seal_file(seal_folder, service), kept)
    return verdict


def _check_leaves(verdict: Verdict, leaves: Iterable[Any], present: Mapping[Any, bytes]) -> None:
    for leaf in leaves:
        found = present.get(leaf.record_id)
        if found is None:
            verdict.findings.append(f"removed: record {leaf.record_id} of seal {leaf.seal_number}")
        elif found != bytes(leaf.record_hash):
            verdict.findings.append(f"changed: record {leaf.record_id} of seal {leaf.seal_number}")


def _check_seals(
    verdict: Verdict, seals: list[Mapping[str, Any]], leaves: Iterable[Any], keys: Sequence[OKPKey]
) -> None:
    by_seal: dict[int, list[bytes]] = {}
    for leaf in leaves:
        by_seal.setdefault(leaf.seal_number, []).append(bytes(leaf.record_hash))
    previous = GENESIS
    for number, seal in enumerate(seals, start=1):
        verdict.seals += 1
        wrong = (
            seal["number"] != number
            or bytes(seal["previous_hash"]) != previous
            or bytes(seal["hash"]) != seal_hash(seal)
            or bytes(seal["merkle_root"]) != merkle_root(by_seal.get(seal["number"], []))
            or not any(_signed(seal, key) for key in keys)
        )
        if wrong:
            verdict.findings.append(f"seal {seal['number']} does not hold")
        previous = bytes(seal["hash"])


def _signed(seal: Mapping[str, Any], key: OKPKey) -> bool:
    try:
        signed = jws.deserialize_compact(str(seal["signature"]), key, algorithms=["Ed25519"])
    except (JoseError, ValueError):
        return False
    return signed.payload == bytes(seal["hash"])


def _check_outside(verdict: Verdict, kept: Path, seals: list[Mapping[str, Any]]) -> None:
    """A seal outside may lack inside only if its transaction never committed: then it is repeated."""
    inside = {seal["number"]: outside_form(seal) for seal in seals}
    outside: dict[int, list[dict[str, Any]]] = {}
    lines = kept.read_text().splitlines() if kept.exists() else []
    for line in lines:
        told = json.loads(line)
        outside.setdefault(told["number"], []).append(told)
    for number, copies in outside.items():
        if number not in inside:
            verdict.findings.append(f"dropped tail: seal {number} is kept outside but not inside")
        elif inside[number] not in copies:
            verdict.findings.append(f"seal {number} differs from its copy outside")
    for number in inside:
        if number not in outside:
            verdict.findings.append(f"seal {number} has no copy outside")
