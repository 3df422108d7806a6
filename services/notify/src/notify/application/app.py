"""All of notify's use cases, as the entrypoints see them."""

from __future__ import annotations

from dataclasses import dataclass

from notify.application.commands.keep_inbox import KeepInbox
from notify.application.commands.keep_maintenance import KeepMaintenance
from notify.application.commands.keep_subscribers import KeepSubscribers
from notify.application.commands.remind import RemindHandler
from notify.application.commands.send_mail import SendMailHandler
from notify.application.ports import Directory, Inbox, Live
from notify.application.reactions.catalog_told import AnnouncementDue, RegistrationMoved
from notify.application.reactions.others import RegimeClosed, SigningRefused
from notify.application.reactions.report_moved import ReportMoved


@dataclass(frozen=True, slots=True)
class NotifyApp:
    inbox: Inbox
    keep_inbox: KeepInbox
    keep_maintenance: KeepMaintenance
    keep_subscribers: KeepSubscribers
    remind: RemindHandler
    send_mail: SendMailHandler
    report_moved: ReportMoved
    signing_refused: SigningRefused
    regime_closed: RegimeClosed
    registration_moved: RegistrationMoved
    announcement_due: AnnouncementDue
    live: Live
    directory: Directory
