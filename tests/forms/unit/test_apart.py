"""Workbooks read apart say the same; a file that eats memory or time is refused like any other bad file."""

from __future__ import annotations

import pytest
from forms.apart import WorkbookReader
from forms.reading import propose
from kit.apart import Apart, Bounds
from kit.errors import InvalidInput

from tests.forms.building import FORMS, figures_of, filled, model_of, sample
from tests.forms.hostile import HEAVY
from tests.forms.unit.test_guard import HOSTILE


@pytest.mark.parametrize("form", FORMS)
async def test_a_form_and_its_copy_are_read_apart_as_they_are_here(form: str) -> None:
    reader = WorkbookReader(Apart())

    proposal = await reader.propose(sample(form))
    copy = await reader.read_filled(
        model_of(form), sample(f"{form}-filled"), current=figures_of(form), form_version=None
    )

    assert proposal == propose(sample(form))
    assert (copy.figures, copy.messages, copy.places) == (
        figures_of(form),
        filled(form).messages,
        filled(form).places,
    )


@pytest.mark.parametrize("name", ["macro part", "DDE formula", "password", "half a file"])
async def test_a_refusal_comes_back_with_its_code_and_words(name: str) -> None:
    data, code = HOSTILE[name]
    with pytest.raises(InvalidInput) as refusal:
        await WorkbookReader(Apart()).propose(data)

    assert refusal.value.code == f"forms.file.{code}"
    assert refusal.value.remedy


@pytest.mark.full
@pytest.mark.parametrize("name", HEAVY)
async def test_a_heavy_file_is_refused_in_words_and_the_next_one_is_read(name: str) -> None:
    reader = WorkbookReader(Apart(Bounds(seconds=240)))

    with pytest.raises(InvalidInput) as refusal:
        await reader.propose(HEAVY[name]())

    assert refusal.value.code.startswith("forms.")
    assert refusal.value.remedy
    assert (await reader.propose(sample("kt-xh-thang"))).model == model_of("kt-xh-thang")
