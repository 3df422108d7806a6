"""One machine's stack: what `make up` and `bin/reporting` do, on parts that need no container."""
