"""Forms through the API: uploaded, proposed, corrected, published, given back."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from tests.catalog.building import changed, part_of, sample, zipped
from tests.catalog.integration.conftest import Running

FORMS = ("kt-xh-thang.xlsx", "du-an-dau-tu-cong.xlsx", "ho-ngheo-xa.xlsx")


@pytest.mark.requirement("DT-7.1")
@pytest.mark.parametrize("name", FORMS)
async def test_an_official_form_is_proposed_published_and_given_back_identical(
    catalog: Running, name: str
) -> None:
    designer = catalog.by(catalog.here.designer)

    form = await designer.form(name)
    version = form["draft"]
    published = await designer.send(
        "POST", f"/form-versions/{version['id']}:publish", version=version["version"]
    )
    template = await catalog.by(catalog.here.clerk).get(f"/form-versions/{version['id']}/template.xlsx")

    assert form["proposal"]["cells"]["input"]
    assert all(cell["reason"] for cell in form["proposal"]["cells"]["computed"])
    assert published.status_code == 200, published.text
    assert published.json()["state"] == "published"
    assert template.content == sample(name)
    assert await catalog.subjects() == ["reporting.catalog.form_version.published.v1"]


async def test_the_designer_s_word_on_a_cell_stands_until_publishing_and_not_after(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    draft = (await designer.form())["draft"]
    cell = next(c for c in draft["model"]["sheets"][0]["cells"] if c["kind"] == "input")
    body = {"corrections": [{"row": cell["row"], "column": cell["column"], "kind": "label"}]}

    corrected = await designer.send(
        "PATCH", f"/form-versions/{draft['id']}/cells", body, version=draft["version"]
    )
    stale = await designer.send(
        "PATCH", f"/form-versions/{draft['id']}/cells", body, version=draft["version"]
    )
    version = corrected.json()["version"]
    await designer.send("POST", f"/form-versions/{draft['id']}:publish", version=version)
    late = await designer.send("PATCH", f"/form-versions/{draft['id']}/cells", body, version=version + 1)

    now = {(c["row"], c["column"]): c["kind"] for c in corrected.json()["model"]["sheets"][0]["cells"]}
    assert now[cell["row"], cell["column"]] == "label"
    assert (stale.status_code, stale.json()["code"]) == (412, "catalog.version_stale")
    assert (late.status_code, late.json()["code"]) == (409, "catalog.form_version.not_draft")


async def test_a_new_version_leaves_the_published_one_as_it_was(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    first = await designer.published_form()

    second = await designer.upload(
        f"/forms/{first['form_id']}/versions", "kt-xh-thang.xlsx", sample("kt-xh-thang.xlsx")
    )

    assert (second.status_code, second.json()["number"], second.json()["state"]) == (201, 2, "draft")
    form = (await designer.get(f"/forms/{first['form_id']}")).json()
    assert [(v["number"], v["state"]) for v in form["versions"]] == [(2, "draft"), (1, "published")]
    seen_by_clerk = (await catalog.by(catalog.here.clerk).get(f"/forms/{first['form_id']}")).json()
    assert [v["number"] for v in seen_by_clerk["versions"]] == [1]


async def test_the_same_key_sent_again_makes_one_form(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    key = uuid4().hex
    sends = [
        await designer.upload(
            "/forms", "a.xlsx", sample("kt-xh-thang.xlsx"), key=key, code="A1", name="Biểu A"
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in sends] == [201, 201]
    assert sends[0].json()["id"] == sends[1].json()["id"]
    assert await catalog.rows("form") == 1


async def test_two_forms_of_one_province_never_share_a_code(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    answers = await asyncio.gather(
        *(
            designer.upload("/forms", "a.xlsx", sample("kt-xh-thang.xlsx"), code="A1", name="Biểu A")
            for _ in range(3)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]


BOMB = b"<worksheet>" + b" " * (150 * 1024 * 1024) + b"</worksheet>"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("not-a-zip.xlsx", b"Bieu mau bao cao"),
        ("truncated.xlsx", sample("kt-xh-thang.xlsx")[:5000]),
        ("bomb.xlsx", None),
        ("macros.xlsx", changed(sample("kt-xh-thang.xlsx"), xl__vbaProject_dot_bin=b"\x00")),
        (
            "entity.xlsx",
            changed(
                sample("kt-xh-thang.xlsx"),
                xl__workbook_dot_xml=b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook>&a;</workbook>',
            ),
        ),
        ("empty.xlsx", b""),
        ("form.xls", sample("kt-xh-thang.xlsx")),
        ("letter.xlsx", zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"})),
    ],
)
async def test_a_hostile_file_is_refused_in_words_and_nothing_of_it_is_kept(
    catalog: Running, name: str, data: bytes | None
) -> None:
    content = (
        changed(sample("kt-xh-thang.xlsx"), xl__worksheets__sheet1_dot_xml=BOMB) if data is None else data
    )

    answer = await catalog.by(catalog.here.designer).upload("/forms", name, content, code="X", name="Biểu X")

    assert answer.status_code == 422, answer.text
    assert answer.json()["detail"]
    assert answer.json()["remedy"]
    assert catalog.kept_files() == []
    assert await catalog.rows("form", "form_version", "stored_file", "outbox") == 0


@pytest.mark.requirement("DN-1.2", "DL-1.2")
async def test_a_secret_form_is_refused_and_not_kept(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    data = sample("kt-xh-thang.xlsx")
    texts = part_of(data, "xl/sharedStrings.xml").replace("Biểu số 01/KTXH-T".encode(), "MẬT".encode())
    stamped = changed(data, xl__sharedStrings_dot_xml=texts)

    declared = await designer.upload("/forms", "a.xlsx", data, code="M1", name="Biểu", secret="true")
    found = await designer.upload("/forms", "a.xlsx", stamped, code="M2", name="Biểu")

    for answer in (declared, found):
        assert (answer.status_code, answer.json()["code"]) == (409, "catalog.secret.refused")
    assert catalog.kept_files() == []
    assert await catalog.rows("form", "stored_file") == 0


async def test_who_may_not_design_is_refused_and_nothing_is_kept(catalog: Running) -> None:
    answer = await catalog.by(catalog.here.clerk).upload(
        "/forms", "a.xlsx", sample("kt-xh-thang.xlsx"), code="A1", name="Biểu A"
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "kit.directory.right_missing")
    assert catalog.kept_files() == []


async def test_another_province_sees_nothing_of_a_form(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    version = await designer.published_form()
    stranger = catalog.by(catalog.there.admin)

    refused = [
        await stranger.get(f"/forms/{version['form_id']}"),
        await stranger.get(f"/form-versions/{version['id']}"),
        await stranger.get(f"/form-versions/{version['id']}/template.xlsx"),
        await stranger.upload(f"/forms/{version['form_id']}/versions", "a.xlsx", sample("kt-xh-thang.xlsx")),
        await stranger.send("POST", f"/form-versions/{version['id']}:publish", version=2),
        await stranger.upload(
            "/forms", "a.xlsx", sample("kt-xh-thang.xlsx"), code="B", name="Biểu",
            owner_unit_id=str(catalog.here.department),
        ),
    ]  # fmt: skip

    assert [answer.status_code for answer in refused] == [404] * 6
    assert (await stranger.get("/forms")).json()["items"] == []
    assert (await stranger.get("/search", q="Biểu")).json()["items"] == []


async def test_a_draft_is_found_in_tasks_and_search_by_its_designer_only(catalog: Running) -> None:
    await catalog.by(catalog.here.designer).form()
    for person, seen in ((catalog.here.designer, 1), (catalog.here.clerk, 0)):
        who = catalog.by(person)
        assert len((await who.get("/tasks")).json()["items"]) == seen
        assert len((await who.get("/search", q="bieu kt")).json()["items"]) == seen
        assert len((await who.get("/forms", q="Biểu")).json()["items"]) == seen


async def test_every_change_is_in_the_audit_record(catalog: Running) -> None:
    before = await catalog.audited("publish")
    await catalog.by(catalog.here.designer).published_form()
    assert await catalog.audited("publish") == before + 1


@pytest.mark.requirement("DT-17.2")
async def test_an_outline_is_read_from_its_headings(catalog: Running) -> None:
    name = "thuyet-minh-de-cuong.docx"
    answer = await catalog.by(catalog.here.clerk).upload("/outlines:read", name, sample(name))
    sections = answer.json()["sections"]
    assert [s["id"] for s in sections] == ["1", "1.1", "1.2", "1.3", "1.4", "2", "2.1", "2.2", "3", "4"]
    assert sections[0]["heading"] == "I. TÌNH HÌNH THỰC HIỆN"
    assert sections[1]["guidance"].startswith("Nêu kết quả sản xuất nông nghiệp")
    assert sections[0]["guidance"] == ""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"khong phai docx", "catalog.outline.not_docx"),
        (sample("thuyet-minh-de-cuong.docx")[:3000], "catalog.outline.damaged"),
        (
            changed(sample("thuyet-minh-de-cuong.docx"), word__vbaProject_dot_bin=b"x"),
            "catalog.outline.active_content",
        ),
        (
            changed(
                sample("thuyet-minh-de-cuong.docx"),
                word__document_dot_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><document>&b;</document>',
            ),
            "catalog.outline.damaged",
        ),
        (
            changed(
                sample("thuyet-minh-de-cuong.docx"),
                word___rels__document_dot_xml_dot_rels=b'<Relationships><Relationship Type="x/image" '
                b'TargetMode="External" Target="http://example.org/a.png"/></Relationships>',
            ),
            "catalog.outline.external_link",
        ),
        (
            changed(sample("thuyet-minh-de-cuong.docx"), word__media__a_dot_png=b"0" * (60 * 1024 * 1024)),
            "catalog.outline.too_large_inside",
        ),
    ],
)
async def test_a_hostile_outline_is_refused_by_name(catalog: Running, data: bytes, code: str) -> None:
    answer = await catalog.by(catalog.here.clerk).upload("/outlines:read", "de-cuong.docx", data)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
