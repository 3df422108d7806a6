"""One command finds a changed, removed or inserted record, and a dropped tail."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from joserfc.jwk import OKPKey
from kit.actor import Actor
from kit.audit.sealer import Sealer
from kit.audit.verify import Verdict, verify
from kit.clock import utc_now
from kit.db import KIT, Database, SqlUnitOfWork
from kit.ids import new_id
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from tests.kit.building import service_tokens


class Trail:
    def __init__(self, database: Database, owner: Database, folder: Path) -> None:
        self.database, self.owner, self.folder = database, owner, folder
        self.folder = folder
        self.signer = service_tokens(folder, "kit")["kit"]
        self.seals = folder / "seals"
        self.aggregate = new_id()

    async def record(self, number: int, aggregate: UUID | None = None) -> None:
        for n in range(number):
            async with SqlUnitOfWork(self.database) as uow:
                uow.audit.record(
                    aggregate_kind="thing",
                    aggregate_id=aggregate or self.aggregate,
                    act="changed",
                    actor=Actor.account(new_id(), address="10.0.0.1"),
                    before={"n": n},
                    after={"n": n + 1, "tên": "Xã Đắk Lắk"},
                )
                await uow.commit()

    def change_key(self) -> None:
        public = json.loads((self.folder / "services.json").read_text())["keys"]
        new = OKPKey.generate_key("Ed25519", {"kid": "kit.2"})
        (self.folder / "kit.json").write_text(json.dumps(new.as_dict(private=True)))
        known = [*({**one, "retired": True} for one in public), new.as_dict(private=False)]
        (self.folder / "services.json").write_text(json.dumps({"keys": known}))

    async def seal(self) -> None:
        await Sealer(self.database, self.signer, self.seals).seal()

    async def tamper(self, statement: str) -> None:
        """As someone with the owner's password, who also knows of the triggers."""
        async with self.owner.sessions.begin() as session:
            for table in ("audit_record", "audit_seal", "audit_seal_leaf"):
                await session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            await session.execute(text(statement))

    async def verdict(self, later: timedelta = timedelta()) -> Verdict:
        return await verify(
            self.database, "kit", self.signer.own_keys(), self.seals, clock=lambda: utc_now() + later
        )


@pytest.fixture
async def trail(database: Database, owner: Database, tmp_path: Path) -> Trail:
    trail = Trail(database, owner, tmp_path)
    await trail.record(3)
    await trail.seal()
    await trail.record(2)
    await trail.record(2, new_id())
    await trail.seal()
    return trail


async def test_seals_of_an_earlier_key_still_hold(trail: Trail) -> None:
    trail.change_key()
    await trail.record(1, new_id())
    await trail.seal()

    verdict = await trail.verdict()

    assert (verdict.seals, verdict.findings) == (3, [])


async def test_an_untouched_trail_is_sound(trail: Trail) -> None:
    verdict = await trail.verdict(timedelta(hours=1))

    assert (verdict.findings, verdict.records, verdict.seals) == ([], 7, 2)


async def test_the_service_itself_cannot_change_or_remove_a_record(database: Database, trail: Trail) -> None:
    for statement in ("UPDATE audit_record SET act = 'x'", "DELETE FROM audit_seal", "TRUNCATE audit_record"):
        with pytest.raises(DBAPIError):
            async with database.sessions.begin() as session:
                await session.execute(text(statement))


async def test_the_owner_too_is_stopped_by_the_trigger(owner: Database, trail: Trail) -> None:
    with pytest.raises(DBAPIError, match="only grows"):
        async with owner.sessions.begin() as session:
            await session.execute(text("DELETE FROM audit_record WHERE sequence = 2"))


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("""UPDATE audit_record SET after = '{"n": 99}' WHERE sequence = 2""", "changed"),
        ("DELETE FROM audit_record WHERE sequence = 2", "removed"),
        ("DELETE FROM audit_record WHERE sequence = 5", "dropped tail"),
        ("DELETE FROM audit_seal WHERE number = 2", "dropped tail: seal 2"),
        ("UPDATE audit_seal SET sealed_at = now() WHERE number = 1", "seal 1 does not hold"),
    ],
)
async def test_tampering_is_found(trail: Trail, statement: str, finding: str) -> None:
    await trail.tamper(statement)

    verdict = await trail.verdict()

    assert any(finding in found for found in verdict.findings), verdict.findings


async def test_a_whole_tail_dropped_with_its_head_and_seals_is_found_outside(trail: Trail) -> None:
    await trail.tamper("DELETE FROM audit_record WHERE sequence > 3")
    await trail.tamper("DELETE FROM audit_seal_leaf WHERE seal_number = 2")
    await trail.tamper("DELETE FROM audit_seal WHERE number = 2")
    await trail.tamper(
        "UPDATE audit_head h SET sequence = 3, hash = r.hash FROM audit_record r "
        "WHERE r.aggregate_id = h.aggregate_id AND r.sequence = 3"
    )

    verdict = await trail.verdict()

    assert any("seal 2 is kept outside but not inside" in found for found in verdict.findings)


async def test_a_record_put_in_afterwards_is_found(trail: Trail) -> None:
    async with trail.database.reading() as session:
        last = (await session.execute(select(KIT.audit_record).limit(1))).one()
    forged = dict(last._mapping) | {"id": new_id(), "aggregate_id": str(new_id()), "sequence": 1}
    async with trail.owner.sessions.begin() as session:
        await session.execute(insert(KIT.audit_record).values(forged))

    verdict = await trail.verdict(timedelta(hours=1))

    assert any(found.startswith("inserted") for found in verdict.findings)


async def test_the_copy_outside_is_one_line_a_seal(trail: Trail) -> None:
    lines = [json.loads(line) for line in (trail.seals / "kit.jsonl").read_text().splitlines()]

    assert [(line["number"], line["record_count"]) for line in lines] == [(1, 3), (2, 4)]
    assert lines[1]["previous_hash"] == lines[0]["hash"]
