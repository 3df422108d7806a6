"""Every minute a seal over all new records: a Merkle root, signed, chained, also kept outside."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from joserfc import jws
from joserfc.jwk import OKPKey
from sqlalchemy import insert, select, text

from kit.audit.canonical import GENESIS, canonical_hash, merkle_root, moment_text
from kit.clock import Clock, utc_now
from kit.db.engine import Database
from kit.db.tables import KIT

# No new record can join what a seal has covered: the seal names its records one by one.
_UNSEALED = text(
    """
    SELECT r.id, r.hash FROM audit_record r
    WHERE NOT EXISTS (SELECT 1 FROM audit_seal_leaf l WHERE l.record_id = r.id)
    ORDER BY r.id
    LIMIT 20000
    """
)


class Signer(Protocol):
    """Holds the service's own key."""

    service: str

    def key(self) -> OKPKey: ...


class Sealer:
    def __init__(
        self,
        database: Database,
        signer: Signer,
        seal_folder: Path | None,
        *,
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._signer = signer
        self._seal_folder = seal_folder
        self._clock = clock

    async def seal(self) -> int | None:
        """Returns the number of the seal made, or None if there was nothing new."""
        async with self._database.sessions.begin() as session:
            records = (await session.execute(_UNSEALED)).all()
            if not records:
                return None
            last = (
                await session.execute(
                    select(KIT.audit_seal).order_by(KIT.audit_seal.c.number.desc()).limit(1)
                )
            ).one_or_none()
            seal = self._make(records, last)
            await session.execute(insert(KIT.audit_seal).values(seal))
            await session.execute(
                insert(KIT.audit_seal_leaf),
                [
                    {
                        "record_id": record.id,
                        "seal_number": seal["number"],
                        "leaf": leaf,
                        "record_hash": bytes(record.hash),
                    }
                    for leaf, record in enumerate(records)
                ],
            )
            # Outside first: a seal that is only inside could vanish without a trace.
            self._keep_outside(seal)
        return int(seal["number"])

    def _make(self, records: Any, last: Any) -> dict[str, Any]:
        seal: dict[str, Any] = {
            "number": 1 if last is None else last.number + 1,
            "sealed_at": self._clock(),
            "record_count": len(records),
            "merkle_root": merkle_root([bytes(record.hash) for record in records]),
            "previous_hash": GENESIS if last is None else bytes(last.hash),
        }
        seal["hash"] = seal_hash(seal)
        seal["signature"] = jws.serialize_compact(
            {"alg": "Ed25519", "kid": self._signer.service},
            seal["hash"],
            self._signer.key(),
            algorithms=["Ed25519"],
        )
        return seal

    def _keep_outside(self, seal: Mapping[str, Any]) -> None:
        if self._seal_folder is None:
            return
        self._seal_folder.mkdir(parents=True, exist_ok=True)
        line = json.dumps(outside_form(seal), separators=(",", ":")) + "\n"
        with seal_file(self._seal_folder, self._signer.service).open("a") as kept:
            kept.write(line)
            kept.flush()
            os.fsync(kept.fileno())


def seal_file(folder: Path, service: str) -> Path:
    return folder / f"{service}.jsonl"


def outside_form(seal: Mapping[str, Any]) -> dict[str, Any]:
    sealed_at: datetime = seal["sealed_at"]
    return {
        "number": seal["number"],
        "sealed_at": moment_text(sealed_at),
        "record_count": seal["record_count"],
        "merkle_root": bytes(seal["merkle_root"]).hex(),
        "previous_hash": bytes(seal["previous_hash"]).hex(),
        "hash": bytes(seal["hash"]).hex(),
        "signature": seal["signature"],
    }


def seal_hash(seal: Mapping[str, Any]) -> bytes:
    return canonical_hash(
        {
            "number": seal["number"],
            "sealed_at": moment_text(seal["sealed_at"]),
            "record_count": seal["record_count"],
            "merkle_root": bytes(seal["merkle_root"]).hex(),
            "previous_hash": bytes(seal["previous_hash"]).hex(),
        }
    )
