"""Text is NFC on the way in, whichever way its letters were sent."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.http.composed import composed

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.requirement("DL-4.2d")
@pytest.mark.parametrize("escaped", [True, False])
def test_letters_sent_apart_arrive_as_one(escaped: bool) -> None:
    apart = unicodedata.normalize("NFD", "Đề cương báo cáo quý")
    sent = json.dumps({"name": [apart], "n": 1}, ensure_ascii=escaped).encode()
    assert json.loads(composed(sent)) == {"name": ["Đề cương báo cáo quý"], "n": 1}


@given(JSON, st.booleans())
def test_nothing_but_the_form_of_letters_changes(value: object, escaped: bool) -> None:
    sent = json.dumps(value, ensure_ascii=escaped).encode()
    whole = json.dumps(value, ensure_ascii=False)
    if unicodedata.is_normalized("NFC", whole):
        assert json.loads(composed(sent)) == value


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", '{"a": "Tổng"}'.encode(), b'{"a": 1.50}'])
def test_what_is_composed_already_or_no_json_keeps_every_byte(body: bytes) -> None:
    assert composed(body) == body
