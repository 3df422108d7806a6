"""Everything the catalog answers over HTTP: the service and its tests mount this one list."""

from __future__ import annotations

from catalog.entrypoints.http import (
    allocations,
    calendars,
    catalogues,
    feeds,
    form_versions,
    forms,
    indicators,
    library,
    overview,
    public,
    regime_papers,
    regime_versions,
    regimes,
    registrations,
    rules,
    texts,
)

ROUTERS = (
    forms.router,
    form_versions.router,
    rules.router,
    library.router,
    registrations.router,
    regimes.router,
    regime_versions.router,
    regime_papers.router,
    calendars.router,
    feeds.router,
    overview.router,
    public.router,
    texts.router,
    catalogues.router,
    indicators.router,
    allocations.router,
)
PUBLIC_PATHS = (feeds.PUBLIC_PATH, *public.PATHS)
