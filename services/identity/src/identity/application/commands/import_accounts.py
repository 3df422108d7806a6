"""Many accounts at once, with their rights: one transaction, one call to the login system, one answer a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, vietnam_day
from kit.errors import DomainError

from identity.application.apart import apart
from identity.application.authorise import authority_over
from identity.application.passwords import a_temporary_password
from identity.application.ports import IdMaker, Login, OpenUnitOfWork, UnitOfWork
from identity.application.settling import Settler
from identity.domain.accounts import Account, Credential
from identity.domain.authority import Authority
from identity.domain.errors import Malformed, UsernameTaken
from identity.domain.events import RightGranted
from identity.domain.grants import Grant
from identity.domain.rights import a_right
from identity.domain.units import Unit

LARGEST_IMPORT = 1000


@dataclass(frozen=True, slots=True)
class RightRow:
    """`unit_code` empty: the account's own unit."""

    right: str
    unit_code: str = ""
    with_lower: bool = False
    regime_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """`unit_code` empty: the province itself."""

    username: str
    full_name: str
    unit_code: str = ""
    position_title: str = ""
    email: str = ""
    rights: Sequence[RightRow] = ()


@dataclass(frozen=True, slots=True)
class ImportAccounts:
    """With `passwords` False the logins are made without one: it is given to each by a reissue later."""

    province_id: UUID
    rows: Sequence[AccountRow]
    passwords: bool
    actor: Actor


@dataclass(slots=True)
class ImportedAccount:
    """`outcome`: created, unchanged, granted (new rights only), pending (login to follow), refused."""

    username: str
    outcome: str
    account: Account | None = None
    temporary_password: str | None = None
    refusal: DomainError | None = None
    waiting_for: str | None = None


@dataclass(slots=True)
class _Batch:
    units: dict[str, Unit]
    province: Unit
    known: dict[str, Account]
    held: dict[UUID, list[Grant]]
    accounts: list[Account] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AccountImporter:
    open_unit_of_work: OpenUnitOfWork
    settler: Settler
    clock: Clock
    make_id: IdMaker

    async def __call__(self, command: ImportAccounts) -> list[ImportedAccount]:
        if len(command.rows) > LARGEST_IMPORT:
            raise Malformed(
                "items", f"Mỗi lần nạp tối đa {LARGEST_IMPORT} tài khoản.", "Chia thành nhiều lần."
            )
        results = await apart(self._register(command))
        pending = [
            (result, result.account)
            for result in results
            if result.account is not None and result.account.credential is Credential.PENDING
        ]
        logins = [
            Login(account, a_temporary_password() if command.passwords else None) for _, account in pending
        ]
        failed = await self.settler.settle_many(logins, command.actor)
        for (result, account), login in zip(pending, logins, strict=True):
            if account.id in failed:
                result.outcome, result.waiting_for = "pending", failed[account.id]
            else:
                result.account = account.settled()
                result.temporary_password = login.temporary_password
        return results

    async def _register(self, command: ImportAccounts) -> list[ImportedAccount]:
        async with self.open_unit_of_work() as uow:
            today = vietnam_day(self.clock())
            authority = await authority_over(uow, command.actor, today, command.province_id)
            authority.require_province_admin(command.province_id, "nạp danh sách tài khoản")
            batch = await self._load(uow, command)
            results = [self._row(batch, row, authority) for row in command.rows]
            await uow.accounts.save(*batch.accounts)
            await uow.grants.save(*batch.grants)
            granted: dict[UUID, list[dict[str, object]]] = {}
            for grant in batch.grants:
                uow.events.add(RightGranted(grant))
                granted.setdefault(grant.account_id, []).append(grant.facts())
            new = {account.id: account for account in batch.accounts}
            for account_id in {*new, *granted}:
                after = new[account_id].facts() if account_id in new else {}
                uow.audit.record(
                    aggregate_kind="account",
                    aggregate_id=account_id,
                    act="account_requested" if account_id in new else "rights_granted",
                    actor=command.actor,
                    after={**after, "granted": granted.get(account_id, [])},
                    province_id=command.province_id,
                )
            await uow.commit()
        return results

    async def _load(self, uow: UnitOfWork, command: ImportAccounts) -> _Batch:
        codes = {row.unit_code for row in command.rows}
        codes |= {right.unit_code for row in command.rows for right in row.rights}
        known = await uow.accounts.by_usernames([row.username for row in command.rows])
        return _Batch(
            units=await uow.units.by_codes(command.province_id, codes - {""}),
            province=await uow.units.get(command.province_id),
            known=known,
            held=await uow.grants.of_accounts([account.id for account in known.values()]),
        )

    def _row(self, batch: _Batch, row: AccountRow, authority: Authority) -> ImportedAccount:
        try:
            unit = self._unit(batch, row.unit_code, batch.province)
            account = Account.open(
                self.make_id(),
                province_id=unit.province_id,
                unit_id=unit.id,
                username=row.username,
                full_name=row.full_name,
                position_title=row.position_title,
                email=row.email,
            )
            known = batch.known.get(account.username)
            if known is not None and not known.same_holder(account):
                raise UsernameTaken(account.username)
            grants = self._grants(batch, row, known or account, unit, authority)
        except DomainError as refusal:
            return ImportedAccount(row.username, "refused", refusal=refusal)
        batch.grants.extend(grants)
        if known is not None:
            return ImportedAccount(row.username, "granted" if grants else "unchanged", known)
        batch.known[account.username] = account
        batch.accounts.append(account)
        return ImportedAccount(row.username, "created", account)

    def _grants(
        self, batch: _Batch, row: AccountRow, account: Account, home: Unit, authority: Authority
    ) -> list[Grant]:
        held = {grant.scope for grant in batch.held.get(account.id, [])}
        grants: list[Grant] = []
        for wanted in row.rights:
            right = a_right(wanted.right)
            unit = self._unit(batch, wanted.unit_code, home)
            # Whoever imports administers the province, so the chain above the units decides nothing here.
            authority.grant(right, account, unit, (unit.id,), (home.id,))
            grant = Grant.give(
                self.make_id(),
                account.id,
                right=right,
                unit=unit,
                with_lower=wanted.with_lower,
                regime_id=wanted.regime_id,
                valid_from_on=authority.on,
                valid_to_on=None,
            )
            if grant.scope not in held:
                held.add(grant.scope)
                grants.append(grant)
        return grants

    def _unit(self, batch: _Batch, code: str, otherwise: Unit) -> Unit:
        if not code:
            return otherwise
        if code == batch.province.code:
            return batch.province
        if code not in batch.units:
            raise Malformed("unit_code", f"Không có đơn vị mang mã “{code[:60]}” trong tỉnh.")
        return batch.units[code]
