"""The transparency report equals a replay of what happened, row by row."""

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from officine.blueprints.openness.queries.report import Span, transparency_report
from officine.blueprints.openness.routes.blueprint import duration
from officine.blueprints.openness.routes.period import (
    Period,
    half_year_of,
    half_years,
    usual_period,
)
from officine.core.db import db
from officine.models import Appeal, Decision, Group, Member, Post, Report, SignIn, Topic
from officine.models.decision import decide
from tests.openness.conftest import History
from tests.world import World

ROME = ZoneInfo("Europe/Rome")
SPANS = (
    Period(date(2026, 1, 1), date(2026, 6, 30)),
    Period(date(2026, 3, 1), date(2026, 3, 31)),
    Period(date(2025, 1, 1), date(2025, 2, 1)),
)
MESSAGE = {"hold", "approve", "send-back", "hide", "remove", "remove-urgently", "show"}
TOPIC = {"lock", "unlock", "slow", "unslow", "move", "split", "merge"}
PERSON = {"warn", "restrict", "suspend", "close-account", "restrict-reports", "lift",
          "remove-from-group"}  # fmt: skip


def kind_of(decision: Decision) -> str:
    """What it is about, as somebody would say who reads the row."""
    measure = decision.measure
    if measure in ("uphold", "reverse"):
        assert decision.reverses
        measure = decision.reverses.measure
    for kind, measures in (("message", MESSAGE), ("topic", TOPIC), ("person", PERSON)):
        if measure in measures:
            return kind
    if measure in ("decline-group", "decline-event"):
        return measure.removeprefix("decline-")
    if decision.question_id:
        return "question"
    if decision.post_id:
        return "message"
    return "topic" if decision.topic_id else "group" if decision.group_id else "person"


def language_of(decision: Decision) -> str:
    for model, number in (
        (Post, decision.post_id), (Topic, decision.topic_id), (Group, decision.group_id)
    ):  # fmt: skip
        if number:
            return str(db.session.get_one(model, number).language)
    return decision.language


def replayed(span: Span) -> dict[str, object]:
    """The same figures, by a walk over every row."""
    begins, ends = span
    return {
        **replayed_reports(
            [it for it in db.session.scalars(select(Report)) if begins <= it.reported_at < ends]
        ),
        **replayed_decisions(
            [it for it in db.session.scalars(select(Decision)) if begins <= it.at < ends]
        ),
        **replayed_appeals(
            [it for it in db.session.scalars(select(Appeal)) if begins <= it.made_at < ends]
        ),
    }


def replayed_reports(reports: list[Report]) -> dict[str, object]:
    became = Counter()
    by_language: dict[str, list[timedelta]] = {}
    for report in reports:
        if report.decision is None:
            became["open"] += 1
            continue
        dismissed = report.decision.measure == "dismiss"
        became["dismissed" if dismissed else report.decision.ground] += 1
        language = report.post.language if report.post else report.language
        by_language.setdefault(language, []).append(report.decision.at - report.reported_at)
    return {
        "reports": len(reports),
        "reports_by_rule": Counter(
            (each.rule, "member" if each.reporter_id else "visitor") for each in reports
        ),
        "reports_by_kind": Counter("message" if each.post_id else "person" for each in reports),
        "reports_by_language": Counter(
            each.post.language if each.post else each.language for each in reports
        ),
        "reports_by_outcome": became,
        "reports_automatic": sum(bool(it.decision and it.decision.automatic) for it in reports),
        "reports_median": half_of([one for all_ in by_language.values() for one in all_]),
        "reports_medians": {code: half_of(each) for code, each in by_language.items()},
    }


def replayed_decisions(taken: list[Decision]) -> dict[str, object]:
    decisions = [each for each in taken if each.measure != "escalate"]
    return {
        "decisions": len(decisions),
        "by_measure": Counter(
            (told_as(each), "report" if each.on_report else "own") for each in decisions
        ),
        "by_initiative": Counter("report" if each.on_report else "own" for each in decisions),
        "by_rule": Counter((each.rule, each.ground) for each in decisions),
        "by_ground": Counter(each.ground for each in decisions),
        "by_kind": Counter(kind_of(each) for each in decisions),
        "by_language": Counter(language_of(each) for each in decisions),
        "detected": sum(each.detected_automatically for each in decisions),
        "automatic": sum(each.automatic for each in decisions),
        "offenders": sum(each.measure in ("suspend", "close-account") for each in decisions),
        "false_reporters": sum(each.measure == "restrict-reports" for each in decisions),
    }


def replayed_appeals(appeals: list[Appeal]) -> dict[str, object]:
    def became(appeal: Appeal) -> str:
        if appeal.outcome is None:
            return "open"
        return "upheld" if appeal.outcome.measure == "uphold" else "reversed"

    return {
        "appeals": len(appeals),
        "outcomes": Counter((each.side, became(each)) for each in appeals),
        "appeals_median": half_of(
            [each.outcome.at - each.made_at for each in appeals if each.outcome]
        ),
    }


def told_as(decision: Decision) -> str:
    """Nobody was affected and nobody had reported: no report was dismissed."""
    if decision.measure == "dismiss" and not decision.on_report and decision.affected is None:
        return "leave"
    return decision.measure


def told(span: Span) -> dict[str, object]:
    """The figures of the report under the same names."""
    report = transparency_report(span, [])
    reports, decisions, appeals = report.reports, report.decisions, report.appeals
    return {
        "reports": reports.total,
        "reports_by_rule": reports.by_rule,
        "reports_by_kind": reports.by_kind,
        "reports_by_language": reports.by_language,
        "reports_by_outcome": reports.by_outcome,
        "reports_automatic": reports.answered_automatically,
        "reports_median": reports.median,
        "reports_medians": reports.medians,
        "decisions": decisions.total,
        "by_measure": decisions.by_measure,
        "by_initiative": decisions.by_initiative,
        "by_rule": decisions.by_rule,
        "by_ground": decisions.by_ground,
        "by_kind": decisions.by_kind,
        "by_language": decisions.by_language,
        "detected": decisions.detected_automatically,
        "automatic": decisions.automatic,
        "offenders": decisions.repeat_offenders,
        "false_reporters": decisions.false_reporters,
        "appeals": appeals.total,
        "outcomes": appeals.outcomes,
        "appeals_median": appeals.median,
    }


def half_of(spans: list[timedelta]) -> timedelta | None:
    """The median, the long way."""
    if not spans:
        return None
    ordered, half = sorted(spans), len(spans) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


@pytest.mark.parametrize("history", [1, 2, 3, 4, 5, 6, 7, 8], indirect=True)
def test_it_equals_a_replay_of_the_log(history: History):
    for period in SPANS:
        span = period.span(ROME)
        assert told(span) == replayed(span)


def test_active_members_are_those_who_were_here(world: World, history: History):
    months = SPANS[0].months(ROME)
    here = transparency_report(SPANS[0].span(ROME), months).active

    sessions = db.session.scalars(select(SignIn)).all()
    posts = db.session.scalars(select(Post)).all()
    for begins, ends in months:
        walked = {
            each.member_id for each in sessions
            if begins <= each.started_at < ends or begins <= each.seen_at < ends
        } | {each.author_id for each in posts if begins <= each.written_at < ends}  # fmt: skip
        assert here[begins] == len(walked)


def test_the_editors_are_counted_by_the_languages_they_read(world: World):
    report = transparency_report(SPANS[0].span(ROME), [])

    assert report.team == 3
    assert report.editors == {"it": 3, "en": 3, "es": 3}
    world.giulia.reads = ("it",)
    db.session.commit()
    assert transparency_report(SPANS[0].span(ROME), []).editors["es"] == 2


def test_anybody_reads_it_in_three_languages(world: World, history: History, visit):
    asked = "?from=2026-01-01&to=2026-06-30"
    for language, title in (
        ("it", "Rapporto di trasparenza"), ("en", "Transparency report"),
        ("es", "Informe de transparencia"),
    ):  # fmt: skip
        html = visit().get(f"/{language}/transparency{asked}").text
        assert f"<h1>{title}</h1>" in html
        assert "zafferanella" not in html
    assert visit(world.giulia).get(f"/it/transparency{asked}").status_code == 200


def test_the_file_says_what_the_page_says(world: World, history: History, visit):
    reply = visit().get("/en/transparency.csv?from=2026-01-01&to=2026-06-30")

    assert reply.mimetype == "text/csv"
    assert "transparency-2026-01-01-2026-06-30.csv" in reply.headers["Content-Disposition"]
    lines = list(csv.DictReader(io.StringIO(reply.get_data().decode("utf-8-sig"))))
    figures = {(each["table"], each["code"], each["column"]): each["value"] for each in lines}
    walked = replayed(SPANS[0].span(ROME))
    assert figures["decisions", "taken", "number"] == str(walked["decisions"])
    assert figures["reports", "received", "number"] == str(walked["reports"])
    hours = walked["reports_median"] / timedelta(hours=1)
    assert figures["reports", "median", "number"] == f"{hours:.2f}"
    assert sum(
        int(each["value"]) for each in lines
        if each["table"] == "decisions_by_measure" and each["column"] == "all"
    ) == walked["decisions"]  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    ["?from=never&to=", "?from=2026-06-30&to=2026-01-01", "?from=0001-01-01&to=9999-12-31",
     "?from=9999-12-31", "?to=0001-01-01", "?from=%00&to=2026-13-40", ""],
)  # fmt: skip
def test_whatever_period_is_asked_for_there_is_an_answer(world: World, visit, asked: str):
    assert visit().get(f"/en/transparency{asked}").status_code == 200
    assert visit().get(f"/en/transparency.csv{asked}").status_code == 200


def test_the_usual_period_is_the_last_whole_half_year():
    november = date(2026, 11, 21)
    first_half = Period(date(2026, 1, 1), date(2026, 6, 30))

    assert usual_period(date(2024, 2, 1), november) == first_half
    assert usual_period(date(2026, 6, 30), november) == first_half
    assert usual_period(date(2026, 7, 1), november) == Period(date(2026, 7, 1), november)
    assert usual_period(None, november) == Period(date(2026, 7, 1), november)
    assert usual_period(date(2024, 2, 1), date(2026, 3, 1)) == half_year_of(date(2025, 9, 9))


def test_half_years_go_back_to_the_beginning():
    assert half_years(date(2025, 12, 31), date(2026, 11, 21)) == [
        Period(date(2026, 7, 1), date(2026, 11, 21)),
        Period(date(2026, 1, 1), date(2026, 6, 30)),
        Period(date(2025, 7, 1), date(2025, 12, 31)),
    ]
    assert half_years(None, date(2026, 11, 21)) == []


def test_days_are_those_of_the_site_s_clock():
    begins, ends = Period(date(2026, 1, 1), date(2026, 6, 30)).span(ROME)

    assert begins == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert ends == datetime(2026, 6, 30, 22, tzinfo=UTC)


def test_a_member_is_not_counted_twice_in_a_month(world: World):
    moment = datetime(2026, 5, 5, tzinfo=UTC)
    for number in range(3):
        db.session.add(
            SignIn(
                member_id=world.marta.id, token_hash=str(number), device="", started_at=moment,
                seen_at=moment,
            )
        )  # fmt: skip
    db.session.commit()
    span = Period(date(2026, 5, 1), date(2026, 5, 31))

    active = transparency_report(span.span(ROME), span.months(ROME)).active
    assert list(active.values()) == [0, 0, 0, 0, 0, 1]
    assert db.session.get_one(Member, world.marta.id)


@pytest.mark.parametrize(
    "lasted, words",
    [
        (timedelta(seconds=20), "0 mins"),
        (timedelta(minutes=59), "59 mins"),
        (timedelta(minutes=150), "2.5 hrs"),
        (timedelta(hours=47), "47 hrs"),
        (timedelta(hours=60), "2.5 days"),
    ],
)
def test_times_are_told_so_that_they_can_be_compared(app, lasted: timedelta, words: str):
    with app.test_request_context("/en/transparency"):
        assert duration(lasted) == words


def test_what_the_desk_left_is_no_dismissed_report(world: World, visit):
    about = {"by": world.giulia, "at": datetime(2026, 2, 3, tzinfo=UTC), "rule": "spam"}
    decide("dismiss", facts="Ha smesso da solo.", **about)
    decide("dismiss", facts="Non vende niente.", on_report=True, **about)
    db.session.commit()
    report = transparency_report(SPANS[0].span(ROME), [])
    assert report.decisions.by_measure == {("leave", "own"): 1, ("dismiss", "report"): 1}
    address = "/it/transparency?from=2026-01-01&to=2026-06-30"
    assert "Esaminato e lasciato così" in visit().get(address).text
    listed = visit().get("/it/moderation?measure=leave").text
    assert "Esaminato e lasciato così</b>" in listed
    assert "Lasciato com’è</b>" not in listed and "Lasciato così com’è</b>" not in listed
