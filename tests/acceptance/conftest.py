"""What acceptance tests share: a province of their own on the running stack."""

import pytest

from tests.support.cycle import Regime, open_regime
from tests.support.province import Province, found_province
from tests.support.stack import Stack


@pytest.fixture(scope="session")
def province(stack: Stack) -> Province:
    """A province whose profile separates every step: figures, report, leader, agency, sending, deciding."""
    return found_province(stack, "dong-thap")


@pytest.fixture
def regime(province: Province) -> Regime:
    """A regime of the monthly form, its period of October 2026 open."""
    return open_regime(province, "kt-xh-thang.xlsx")
