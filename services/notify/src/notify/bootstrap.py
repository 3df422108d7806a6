"""Which adapter stands behind which port: the only module that knows."""

from __future__ import annotations

from pathlib import Path

from kit.grpc.server import GrpcService
from kit.http.administration import Administration
from kit.jobs import Job
from kit.service import Ground, Service
from province_profile import load_profiles
from province_profile.administration import hours_of_profiles
from reporting.notify.v1.notify_pb2_grpc import add_NotifyServiceServicer_to_server

from notify.adapters.calendar import GrpcCalendar
from notify.adapters.hub import HintHub
from notify.adapters.mail import MailServer, SmtpMailer
from notify.adapters.postgres.hints import HintReader
from notify.adapters.postgres.inbox import PostgresInbox
from notify.adapters.postgres.maintenances import own_maintenances
from notify.adapters.postgres.measures import MEASURES
from notify.adapters.postgres.snapshot import SnapshotReader
from notify.adapters.postgres.unit_of_work import PostgresUnitOfWork
from notify.adapters.words import Templates
from notify.application.app import NotifyApp
from notify.application.commands.keep_inbox import KeepInbox
from notify.application.commands.keep_maintenance import KeepMaintenance
from notify.application.commands.keep_subscribers import KeepSubscribers
from notify.application.commands.remind import RemindHandler
from notify.application.commands.send_mail import SendMailHandler
from notify.application.reactions.catalog_told import AnnouncementDue, RegistrationMoved
from notify.application.reactions.others import RegimeClosed, SigningRefused
from notify.application.reactions.report_moved import ReportMoved
from notify.application.writing import Writer
from notify.entrypoints.events.reports import consumers
from notify.entrypoints.grpc.servicer import CALLERS, SERVICE, NotifyServicer
from notify.entrypoints.http import maintenances, messages, stream, subscribers
from notify.settings import Settings

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
ADMINISTRATION = ("/maintenances", "/subscribers")


def build() -> Service:
    settings = Settings()
    ground = Ground("notify", settings)
    directory, clock = ground.directory, ground.clock

    def open_unit_of_work() -> PostgresUnitOfWork:
        return PostgresUnitOfWork(ground.database, clock)

    profiles = load_profiles(settings.profiles_dir)
    templates = Templates()
    writer = Writer(templates, directory, clock)
    mailer = SmtpMailer(_mail_server(settings), settings.smtp_from, settings.portal_url)
    hub = HintHub(ground.database)
    app = NotifyApp(
        inbox=PostgresInbox(ground.database),
        keep_inbox=KeepInbox(open_unit_of_work, clock),
        keep_maintenance=KeepMaintenance(
            open_unit_of_work,
            directory,
            profiles,
            GrpcCalendar(ground.channel("catalog")),
            templates,
            clock,
        ),
        keep_subscribers=KeepSubscribers(open_unit_of_work, directory, clock),
        remind=RemindHandler(open_unit_of_work, writer, directory, clock),
        send_mail=SendMailHandler(open_unit_of_work, mailer, directory, clock),
        report_moved=ReportMoved(writer, directory),
        signing_refused=SigningRefused(writer, directory),
        regime_closed=RegimeClosed(writer, directory),
        registration_moved=RegistrationMoved(writer, directory),
        announcement_due=AnnouncementDue(writer, directory),
        live=hub,
        directory=directory,
    )

    async def remind() -> None:
        await app.remind()

    async def send_mail() -> None:
        await app.send_mail()

    return Service(
        ground,
        application=app,
        migrations=MIGRATIONS,
        routers=[maintenances.router, messages.router, subscribers.router, stream.router],
        grpc=[
            GrpcService(
                add_NotifyServiceServicer_to_server,
                NotifyServicer(SnapshotReader(ground.database, clock)),
                SERVICE,
                callers=CALLERS,
            )
        ],
        consumers=consumers(app),
        jobs=[
            Job("deadline-reminder", every=60, run=remind),
            Job("mail-sender", every=2, run=send_mail),
            Job("old-hints", every=3600, run=HintReader(ground.database).forget_old),
        ],
        measures=MEASURES,
        open_unit_of_work=open_unit_of_work,
        public_paths=[maintenances.PUBLIC_PATH],
        maintenances=own_maintenances(ground.database),
        in_maintenance=maintenances.IN_MAINTENANCE,
        administration=Administration(
            ADMINISTRATION,
            hours_of_profiles(profiles, directory.profile_of, clock),
            # An emergency is announced when it comes, and ends when it is over.
            at_any_hour=rf"POST /maintenances|POST {maintenances.IN_MAINTENANCE}",
        ),
        background=[hub.run],
        on_drain=[hub.close],
    )


def _mail_server(settings: Settings) -> MailServer:
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
    implicit = settings.smtp_tls == "tls"
    return MailServer(settings.smtp_host, settings.smtp_port, implicit, settings.smtp_user, password)
