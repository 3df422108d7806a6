"""Each drill: what is broken, how it is brought back, what must then hold. In the order in which they are run."""

from collections.abc import Callable

from reporting_drill.drills import alone, database, events, lapses, parts, power, receivers
from reporting_drill.ground import Ground

DRILLS: dict[str, Callable[[Ground], None]] = {
    "database-lost": database.lost,
    "chosen-moment": database.chosen_moment,
    "power-loss": power.lost,
    "nats-lost": events.nats_lost,
    "receivers-gone": receivers.gone,
    "one-database": alone.one_database,
    "keycloak-yesterday": alone.keycloak_yesterday,
    "gateway-gone": parts.gateway_gone,
    "rolling-restart": parts.rolling_restart,
    "clock-off": lapses.clock_off,
    "certificates-expired": lapses.certificates_expired,
    "disk-full-wal": parts.disk_full_wal,
    "disk-full-nats": parts.disk_full_nats,
}
