"""Every use case of identity, as entrypoints see them."""

from __future__ import annotations

from dataclasses import dataclass

from kit.clock import Clock

from identity.application.commands.found_stack import StackFounder
from identity.application.commands.grant_rights import RightsKeeper
from identity.application.commands.import_accounts import AccountImporter
from identity.application.commands.keep_account import AccountKeeper
from identity.application.commands.open_account import AccountOpener
from identity.application.commands.reconcile_logins import LoginReconciler
from identity.application.commands.save_units import UnitKeeper
from identity.application.ports import (
    IdMaker,
    Logins,
    OpenUnitOfWork,
    Profiles,
    Reading,
    Snapshots,
)
from identity.application.queries.for_services import ForServices
from identity.application.queries.look_up import LookUp
from identity.application.queries.overview import Overview
from identity.application.queries.who_am_i import WhoAmI
from identity.application.settling import Settler


@dataclass(frozen=True, slots=True)
class IdentityApp:
    units: UnitKeeper
    open_account: AccountOpener
    import_accounts: AccountImporter
    accounts: AccountKeeper
    rights: RightsKeeper
    settler: Settler
    reconcile_logins: LoginReconciler
    founder: StackFounder
    who_am_i: WhoAmI
    look_up: LookUp
    overview: Overview
    for_services: ForServices

    @classmethod
    def build(
        cls,
        open_unit_of_work: OpenUnitOfWork,
        *,
        logins: Logins,
        profiles: Profiles,
        reading: Reading,
        snapshots: Snapshots,
        clock: Clock,
        make_id: IdMaker,
    ) -> IdentityApp:
        settler = Settler(open_unit_of_work, logins, clock)
        units = UnitKeeper(open_unit_of_work, profiles, clock, make_id)
        open_account = AccountOpener(open_unit_of_work, settler, clock, make_id)
        rights = RightsKeeper(open_unit_of_work, clock, make_id)
        who_am_i = WhoAmI(open_unit_of_work, clock)
        look_up = LookUp(open_unit_of_work, reading, who_am_i)
        return cls(
            units=units,
            open_account=open_account,
            import_accounts=AccountImporter(open_unit_of_work, settler, clock, make_id),
            accounts=AccountKeeper(open_unit_of_work, settler, clock),
            rights=rights,
            settler=settler,
            reconcile_logins=LoginReconciler(open_unit_of_work, logins),
            founder=StackFounder(units, open_account, rights, settler),
            who_am_i=who_am_i,
            look_up=look_up,
            overview=Overview(look_up, reading, who_am_i),
            for_services=ForServices(open_unit_of_work, snapshots),
        )
