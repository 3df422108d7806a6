"""Care with PINs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from signing.application.commands.make_signatures import MakeSignatures
from signing.application.pins import MOST_WRONG, PAUSE, PinCare
from signing.application.ports import SignOrder
from signing.domain.errors import PinShape, TooManyWrongPins
from signing.domain.labels import LONGEST, signer_label
from signing.domain.states import SignerRole
from signing.entrypoints.http.schemas import SignIn

from tests.signing.building import NOON


def test_signing_pauses_before_the_token_locks_itself() -> None:
    care = PinCare()
    for _ in range(MOST_WRONG):
        care.check("an", "123456", NOON)
        care.wrong("an", NOON)

    with pytest.raises(TooManyWrongPins):
        care.check("an", "123456", NOON)
    care.check("another", "123456", NOON)
    care.check("an", "123456", NOON + PAUSE + timedelta(seconds=1))


def test_the_right_pin_clears_the_count() -> None:
    care = PinCare()
    for _ in range(MOST_WRONG - 1):
        care.wrong("an", NOON)
    care.right("an")
    care.wrong("an", NOON)
    care.check("an", "123456", NOON)


@pytest.mark.parametrize("pin", ["", "123", "1" * 65])
def test_a_pin_of_the_wrong_shape_never_reaches_the_token(pin: str) -> None:
    with pytest.raises(PinShape):
        PinCare().check("an", pin, NOON)


def test_a_pin_is_in_no_representation_that_a_log_could_write() -> None:
    order = SignOrder(SignerRole.LEADER, "an", "987654", "Ân", (), {}, "", False)
    body = SignIn.model_validate({"pin": "987654", "agency_pin": "987654"})
    command = MakeSignatures(None, {SignerRole.LEADER: "987654"}, None, None)  # type: ignore[arg-type]
    assert "987654" not in f"{order!r} {body!r} {body.model_dump_json()} {command!r}"


def test_a_label_always_fits_a_token() -> None:
    assert signer_label("an.nguyen") == "an.nguyen"
    assert len(signer_label("người dùng có tên rất dài ở một nơi xa").encode()) == LONGEST
