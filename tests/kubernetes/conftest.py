"""What needs the built tools (helm, an API server) runs by `make k8s-check`; `make test` leaves it out."""

import os

from reporting_kubernetes.__main__ import WITH_TOOLS

collect_ignore = [] if os.environ.get(WITH_TOOLS) else ["chart"]
