"""The statements of reasons for the European Commission: valid, and about nobody."""

import csv
import io
import json
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from officine.blueprints.openness.queries.schema import (
    CATEGORIES,
    ENUMERATIONS,
    FIELDS,
    LISTS,
    LONGEST,
    RESTRICTIONS,
)
from officine.core.audit import AuditEntry
from officine.core.db import db
from officine.models import Decision, Document, Member
from officine.models.decision import RESTRICTIVE, RULES, decide
from tests.openness.conftest import BEGAN, SECRET, History
from tests.world import World

UNTOLD = "A law of the European Union or of a Member State"
ASKED = "?from=2026-01-01&to=2026-12-31"
DAYS = tuple(name for name in FIELDS if name.endswith("_date") or "end_date" in name)


def taken(visit, world: World, language: str = "en") -> list[dict]:
    reply = visit(world.beatriz).get(f"/{language}/desk/statements.json{ASKED}")
    assert reply.status_code == 200
    return json.loads(reply.get_data(as_text=True))["statements"]


def assert_valid(statement: dict) -> None:
    """What the database’s API would say of it."""
    assert tuple(statement) == FIELDS
    for name, value in statement.items():
        if value is None:
            continue
        if name in ENUMERATIONS:
            values = value if name in LISTS else [value]
            assert isinstance(values, list) and values, name
            assert set(values) <= set(ENUMERATIONS[name]), (name, value)
        if name in LONGEST:
            assert 0 < len(value) <= LONGEST[name], name
        if name in DAYS:
            assert date.fromisoformat(value) >= date(2000, 1, 1)
    restricted = [
        statement[name]
        for name in (
            "decision_visibility", "decision_monetary", "decision_provision", "decision_account",
        )
    ]  # fmt: skip
    assert sum(each is not None for each in restricted) == 1
    by_law = statement["decision_ground"] == "DECISION_GROUND_ILLEGAL_CONTENT"
    for name in ("illegal_content_legal_ground", "illegal_content_explanation"):
        assert bool(statement[name]) == by_law
    for name in ("incompatible_content_ground", "incompatible_content_explanation"):
        assert bool(statement[name]) != by_law
    is_other = "DECISION_VISIBILITY_OTHER" in (statement["decision_visibility"] or [])
    assert bool(statement["decision_visibility_other"]) == is_other
    assert bool(statement["content_type_other"]) == (
        "CONTENT_TYPE_OTHER" in statement["content_type"]
    )
    assert bool(statement["category_specification_other"]) == (
        "KEYWORD_OTHER" in statement["category_specification"]
    )
    for name in (
        "category", "territorial_scope", "content_date", "application_date", "decision_facts",
        "source_type", "automated_detection", "automated_decision", "puid",
    ):  # fmt: skip
        assert statement[name], name
    assert statement["content_date"] <= statement["application_date"]
    for name in DAYS:
        if "end_date" in name and statement[name]:
            assert statement[name] >= statement["application_date"]
    assert re.fullmatch(r"[A-Za-z0-9_-]+", statement["puid"])


@pytest.mark.parametrize("history", [1, 2, 3], indirect=True)
def test_every_row_is_one_the_database_takes(world: World, history: History, visit):
    found = taken(visit, world)
    restrictive = [
        each for each in db.session.scalars(select(Decision)) if each.measure in RESTRICTIONS
    ]

    assert len(found) == len(restrictive) > 20
    assert len({each["puid"] for each in found}) == len(found)
    for statement in found:
        assert_valid(statement)


def test_each_measure_and_rule_has_its_place():
    assert set(CATEGORIES) == set(RULES)
    # A warning restricts nothing; a pause in reporting is not about what somebody published.
    assert set(RESTRICTIONS) == set(RESTRICTIVE) - {"warn", "restrict-reports"}
    for restriction in RESTRICTIONS.values():
        assert restriction.value in ENUMERATIONS[restriction.field]
        assert restriction.end_date in FIELDS


def test_no_row_tells_of_anybody(world: World, history: History, visit):
    text = json.dumps(taken(visit, world), ensure_ascii=False)

    assert SECRET not in text
    for member in db.session.scalars(select(Member)):
        for word in (*member.name.split(), member.handle, member.email):
            assert word not in text
    for group in (world.export, world.famiglia):
        assert group.name not in text


@pytest.mark.parametrize(
    "law, told",
    [
        ("Art. 595 c.p.", "Art. 595 c.p."),
        ("Art. 595, Davide Rinaldi", None),
        ("Art. 1, Marta", None),
        ("legge Bianchi", None),
        ("davide@example.org", None),
        ("https://example.org/davide", None),
        ("chiamare 0039 333444555", None),
    ],
)
def test_of_a_law_only_its_name_is_told(world: World, visit, law: str, told: str | None):
    decide(
        "suspend", by=world.giulia, at=BEGAN, rule="illegal", law=law, facts=SECRET,
        until=BEGAN + timedelta(days=3), affected_id=world.davide.id,
    )  # fmt: skip
    db.session.commit()

    (statement,) = taken(visit, world)
    assert statement["illegal_content_legal_ground"] == (told or UNTOLD)


def test_the_facts_are_the_library_s_words(world: World, visit):
    document = db.session.scalars(select(Document).where(Document.rule == "spam")).first()
    assert document
    decide(
        "close-account", by=world.giulia, at=BEGAN, rule="spam", facts=SECRET, on_report=True,
        affected_id=world.davide.id, reason_id=document.id, reason_revision=1,
    )  # fmt: skip
    db.session.commit()

    facts = {code: taken(visit, world, code)[0]["decision_facts"] for code in ("it", "en", "es")}
    assert len(set(facts.values())) == 3
    assert facts["en"].startswith("It was reported to the editorial team, and an editor decided. ")
    assert len(facts["en"]) > 100


def test_it_ends_when_it_was_given_back(world: World, history: History, visit):
    post = history.posts[0]
    by_hand = {"by": world.giulia, "rule": "spam", "facts": SECRET, "post_id": post.id}
    at = BEGAN + timedelta(days=200)
    hold = decide("hold", at=at, **by_hand | {"by": None})
    decide("approve", at=at + timedelta(days=2), **by_hand)
    db.session.commit()

    found = {each["puid"]: each for each in taken(visit, world)}
    statement = found[f"officine-decision-{hold.id}"]
    assert statement["end_date_visibility_restriction"] == str((at + timedelta(days=2)).date())
    assert statement["automated_decision"] == "AUTOMATED_DECISION_FULLY"


def test_the_table_says_the_same(world: World, history: History, visit):
    reply = visit(world.ruth).get(f"/en/desk/statements.csv{ASKED}")

    lines = list(csv.DictReader(io.StringIO(reply.get_data().decode("utf-8-sig"))))
    found = taken(visit, world)
    assert [each["puid"] for each in lines] == [each["puid"] for each in found]
    assert json.loads(lines[0]["territorial_scope"]) == list(ENUMERATIONS["territorial_scope"])
    assert lines[0]["decision_facts"] == found[0]["decision_facts"]


def test_each_download_is_kept_in_the_audit_log(world: World, visit):
    visit(world.beatriz).get(f"/en/desk/statements.csv{ASKED}")
    visit(world.beatriz).get(f"/en/desk/statements.json{ASKED}")

    acts = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    kept = [each for each in acts if each.act == "statements.take"]
    assert [each.about["form"] for each in kept] == ["csv", "json"]
    assert {each.by_id for each in kept} == {world.beatriz.id}
    html = visit(world.ruth).get("/en/desk/audit").text
    assert "Took the statements of reasons away" in html


@pytest.mark.parametrize("form", ["csv", "json"])
def test_nobody_else_takes_them(world: World, visit, form: str):
    assert visit().get(f"/it/desk/statements.{form}").status_code in (302, 303, 401)
    for other in (world.giulia, world.marta):
        assert visit(other).get(f"/it/desk/statements.{form}").status_code == 403
    acts = db.session.scalars(select(AuditEntry)).all()
    assert not [each for each in acts if each.act == "statements.take"]
