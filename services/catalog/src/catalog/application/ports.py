"""What the use cases need of the outside."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager
from datetime import date
from typing import Protocol, TypeAlias
from uuid import UUID

from forms.legacy import Converted
from forms.reading import Proposal
from kit.recording import Audit, Outbox
from province_profile import ProvinceProfile

from catalog.application.catalogue_ports import Allocations, Entries, Indicators, IndicatorSets
from catalog.domain.after_publishing import Announcement, Review
from catalog.domain.calendar import CalendarRevision, CalendarYear
from catalog.domain.feed import CalendarFeed, UnitDeadlines
from catalog.domain.form import Form, FormLink, FormVersion
from catalog.domain.outline import OutlineSection
from catalog.domain.regime import ReportingRegime
from catalog.domain.registration import FormRegistration


class StoredFile(Protocol):
    @property
    def sha256(self) -> str: ...

    @property
    def size(self) -> int: ...


class Forms(Protocol):
    async def get(self, province_id: UUID, form_id: UUID, *, for_update: bool = False) -> Form:
        """Raises FormNotFound."""
        ...

    async def add(self, form: Form) -> None:
        """Raises CodeTaken."""
        ...

    async def save(self, form: Form) -> None: ...

    async def code_taken(self, province_id: UUID, code: str) -> bool: ...

    async def newest(self, province_id: UUID, form_id: UUID) -> FormVersion:
        """The version of the highest number, draft or not. Raises FormVersionNotFound."""
        ...

    async def latest_published(self, province_id: UUID, form_id: UUID) -> FormVersion | None: ...

    async def told_versions(self, form_id: UUID) -> list[FormVersion]:
        """Those that other services keep, locked."""
        ...

    async def filled_from(self, form_id: UUID) -> dict[str, tuple[FormLink, ...]]:
        """By the code of each form that some version of takes figures from this form, through which links."""
        ...

    async def versions_among(
        self, province_id: UUID, version_ids: Collection[UUID]
    ) -> dict[UUID, FormVersion]: ...

    async def get_version(
        self, province_id: UUID | None, version_id: UUID, *, for_update: bool = False
    ) -> FormVersion:
        """Raises FormVersionNotFound. No province: asked by another service for its own work."""
        ...

    async def add_version(self, version: FormVersion, template: StoredFile) -> None: ...

    async def save_version(self, version: FormVersion) -> None: ...

    async def newest_published(self, province_id: UUID, codes: Collection[str]) -> dict[str, FormVersion]:
        """By the form's code; a form that has no published version is left out."""
        ...

    async def published_among(self, province_id: UUID, version_ids: Collection[UUID]) -> set[UUID]: ...


class Regimes(Protocol):
    async def get(
        self, province_id: UUID | None, regime_id: UUID, *, for_update: bool = False
    ) -> ReportingRegime:
        """Raises RegimeNotFound. No province: asked by another service for its own work."""
        ...

    async def add(self, regime: ReportingRegime) -> None:
        """Raises CodeTaken."""
        ...

    async def save(self, regime: ReportingRegime) -> None: ...

    async def remember_file(self, file: StoredFile, media_type: str) -> None:
        """A file of this service that a row is about to name."""
        ...

    async def published_in(self, province_id: UUID) -> list[ReportingRegime]: ...


class Registrations(Protocol):
    async def get(
        self, province_id: UUID, registration_id: UUID, *, for_update: bool = False
    ) -> FormRegistration:
        """Raises RegistrationNotFound."""
        ...

    async def of_province(self, province_id: UUID) -> list[FormRegistration]:
        """Newest first."""
        ...

    async def add(self, registration: FormRegistration) -> None: ...

    async def save(self, registration: FormRegistration) -> None: ...


class Papers(Protocol):
    """Reviews and announcements of regimes."""

    async def add_review(self, review: Review) -> None: ...

    async def last_reviews(self, province_id: UUID) -> dict[UUID, Review]: ...

    async def announcement(self, regime_id: UUID) -> Announcement: ...

    async def save_announcement(self, announcement: Announcement) -> None: ...


class Calendars(Protocol):
    async def years(
        self, province_id: UUID, years: Collection[int], *, for_update: bool = False
    ) -> dict[int, CalendarYear]: ...

    async def add(self, year: CalendarYear) -> None:
        """Does nothing if another request has added the year meanwhile."""
        ...

    async def save(self, revision: CalendarRevision) -> None:
        """The year as it is now; the versions before stay readable."""
        ...

    async def revisions(self, province_id: UUID, year: int) -> list[CalendarRevision]:
        """The newest first; the seed, if the year was ever asked for, last."""
        ...


class Feeds(Protocol):
    async def add(self, feed: CalendarFeed) -> None: ...

    async def get(self, province_id: UUID, feed_id: UUID) -> CalendarFeed | None: ...

    async def by_secret(self, secret_sha256: str) -> CalendarFeed | None: ...

    async def of_unit(self, province_id: UUID, unit_id: UUID) -> list[CalendarFeed]:
        """Those in use, the newest first."""
        ...

    async def save(self, feed: CalendarFeed) -> None: ...


class UnitOfWork(Protocol):
    @property
    def forms(self) -> Forms: ...

    @property
    def regimes(self) -> Regimes: ...

    @property
    def calendars(self) -> Calendars: ...

    @property
    def feeds(self) -> Feeds: ...

    @property
    def entries(self) -> Entries: ...

    @property
    def indicators(self) -> Indicators: ...

    @property
    def indicator_sets(self) -> IndicatorSets: ...

    @property
    def allocations(self) -> Allocations: ...

    @property
    def registrations(self) -> Registrations: ...

    @property
    def papers(self) -> Papers: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def audit(self) -> Audit: ...

    async def commit(self) -> None: ...


OpenUnitOfWork: TypeAlias = Callable[[], AbstractAsyncContextManager[UnitOfWork]]


class Files(Protocol):
    async def put(self, data: bytes) -> StoredFile: ...

    def stream(self, sha256: str) -> AsyncIterator[bytes]: ...


class WorkbookReader(Protocol):
    async def propose(self, data: bytes, *, text_rule: str) -> Proposal:
        """The form an .xlsx describes, read apart from this process. Raises InvalidInput."""
        ...

    async def convert(self, data: bytes) -> Converted:
        """The .xlsx in Unicode, with the places that were not. Raises InvalidInput."""
        ...


class DocumentReader(Protocol):
    """Reads a .docx apart from this process. Raises InvalidInput for one that is damaged or not harmless."""

    async def outline(self, data: bytes, *, text_rule: str) -> tuple[OutlineSection, ...]:
        """Refused too where it has no headings, or legacy text."""
        ...

    async def convert(self, data: bytes) -> Converted:
        """The document in Unicode, with the places that were not."""
        ...


class PackageSeal(Protocol):
    """Signs the manifest of a form package, and says whose signature another one bears."""

    def sign(self, manifest: bytes) -> str: ...

    def signer(self, signature: str, manifest: bytes) -> str:
        """The signing key's name. Raises PackageNotTrusted."""
        ...


class Profiles(Protocol):
    def for_period(self, key: str, last_day: date) -> ProvinceProfile:
        """Rules tied to a period."""
        ...

    def in_force_on(self, key: str, day: date) -> ProvinceProfile:
        """Raises NotFound."""
        ...


class WriteFeed(Protocol):
    def __call__(self, deadlines: UnitDeadlines) -> bytes: ...


class SeedYear(Protocol):
    def __call__(self, province_id: UUID, year: int) -> CalendarYear: ...
