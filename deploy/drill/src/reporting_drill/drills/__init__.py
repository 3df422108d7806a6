"""Each drill: what is broken, how it is brought back, what must then hold. In the order in which they are run."""

from collections.abc import Callable

from reporting_drill.drills import database
from reporting_drill.ground import Ground

DRILLS: dict[str, Callable[[Ground], None]] = {
    "database-lost": database.lost,
    "chosen-moment": database.chosen_moment,
}
