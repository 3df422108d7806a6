"""A cluster whose log is kept, one for the tests of a module."""

from collections.abc import Iterator

import pytest

from tests.backup.keeping import Kept, kept_cluster


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    with kept_cluster(tmp_path_factory.mktemp("backup") / "kept") as made:
        yield made
