"""What is counted after a decision, and that a person decides what follows."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from officine.blueprints.desk import commands, queries
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.models import Case, Decision, Member, Report, Sanction

WHY = "Offre uno sconto senza che nessuno lo abbia chiesto."


def offend(world, scene, times, days_ago=0):
    """Davide writes something that is hidden, so many times."""
    at = now() - timedelta(days=days_ago)
    decisions = []
    for number in range(times):
        post = forum.answer(scene.topic, by=world.davide, text=f"Offerta {number}.", at=at)
        decisions.append(
            commands.hide_post(post, by=world.giulia, at=at, rule="advertising", facts=WHY)
        )
    return decisions


def complain(world, scene, times, measure="dismiss"):
    """Teresa reports something of Davide’s, so many times."""
    for number in range(times):
        post = forum.answer(scene.topic, by=world.davide, text=f"Parere {number}.", at=now())
        commands.report_post(post, by=world.teresa, at=now(), rule="spam")
        act = commands.dismiss_reports if measure == "dismiss" else commands.hide_post
        act(post, by=world.giulia, at=now(), rule="spam", facts="È un parere.")


def waiting(kind):
    db.session.expire_all()
    return db.session.scalars(select(Case).where(Case.kind == kind, Case.closed_at.is_(None))).all()


def kind_measures(case, who, app):
    from officine.app import CASE_KINDS

    kind = CASE_KINDS[case.kind]
    return kind.context(case, who), [measure.name for measure in kind.measures(case, who)]


class TestOffenders:
    def test_three_decisions_in_ninety_days_come_before_the_desk(self, world, scene, settle):
        offend(world, scene, 2)
        settle()
        assert not waiting("offender")
        offend(world, scene, 1)
        settle()
        [case] = waiting("offender")
        assert case.member is world.davide
        assert case.signals[0]["value"] == 3
        assert db.session.scalar(select(Sanction)) is None

    def test_what_is_older_does_not_count(self, world, scene, settle):
        offend(world, scene, 2, days_ago=91)
        offend(world, scene, 2)
        settle()
        assert not waiting("offender")

    def test_what_was_taken_back_does_not_count(self, world, scene, settle):
        first, *_rest = offend(world, scene, 2)
        post = db.session.get(type(scene.pitch), first.post_id)
        commands.show_post(post, by=world.beatriz, at=now(), facts="Era una risposta.")
        offend(world, scene, 1)
        settle()
        assert not waiting("offender")

    def test_more_of_it_stays_one_case(self, world, scene, settle):
        offend(world, scene, 5)
        settle()
        [case] = waiting("offender")
        assert case.signals == [{"name": "offender", "value": 5, "of": 6}]

    def test_first_a_warning_is_suggested_then_a_month_of_silence(self, app, world, scene, settle):
        offend(world, scene, 3)
        settle()
        [case] = waiting("offender")
        shown, measures = kind_measures(case, world.giulia, app)
        assert shown["suggestion"] == "warn" and len(shown["offences"].decisions) == 3
        assert {"warn", "suspend", "restrict", "close-account", "dismiss"} <= set(measures)
        assert "restrict-reports" not in measures
        self.decide(case, "warn", world)
        settle()
        assert not waiting("offender")
        offend(world, scene, 1)
        settle()
        [case] = waiting("offender")
        shown, _measures = kind_measures(case, world.giulia, app)
        assert (shown["suggestion"], shown["lasts"]) == ("suspend", 30)

    def decide(self, case, name, world):
        from officine.app import CASE_KINDS
        from officine.models.case import Grounded

        measure = next(
            each for each in CASE_KINDS[case.kind].measures(case, world.giulia)
            if each.name == name
        )  # fmt: skip
        return commands.decide_case(
            case, measure, by=world.giulia, at=now(),
            grounded=Grounded("advertising", "Tre volte in un mese."),
        )  # fmt: skip

    def test_doing_nothing_closes_it_until_something_new(self, world, scene, settle):
        offend(world, scene, 3)
        settle()
        decision = self.decide(waiting("offender")[0], "dismiss", world)
        settle()
        assert decision.affected is None and not waiting("offender")
        commands.weigh_author(world.davide, at=now())
        assert not waiting("offender")
        offend(world, scene, 1)
        settle()
        assert waiting("offender")

    def test_editors_about_colleagues_see_it_but_managers_decide(self, world, scene, app, settle):
        world.davide.role = "editor"
        offend(world, scene, 3)
        settle()
        [case] = waiting("offender")
        _shown, measures = kind_measures(case, world.giulia, app)
        assert "warn" not in measures
        _shown, measures = kind_measures(case, world.beatriz, app)
        assert "warn" in measures

    @pytest.mark.parametrize("who", ["giulia", "beatriz"])
    def test_its_page_shows_what_was_counted(self, world, scene, settle, visit, who):
        offend(world, scene, 3)
        settle()
        [case] = waiting("offender")
        reply = visit(getattr(world, who)).get(f"/it/desk/cases/{case.id}", most_queries=60)
        words = reply.get_data(as_text=True)
        assert words.count(WHY) == 3 and "/it/terms" in words


class TestFalseReports:
    def test_four_in_five_dismissed_come_before_the_desk(self, app, world, scene, settle):
        complain(world, scene, 4)
        settle()
        assert not waiting("false-reports")
        complain(world, scene, 1, "hide")
        settle()
        assert not waiting("false-reports"), "four of five, but the last was right"
        complain(world, scene, 1)
        settle()
        [case] = waiting("false-reports")
        assert case.member is world.teresa
        shown, measures = kind_measures(case, world.giulia, app)
        assert shown["suggestion"] == "warn" and "restrict-reports" in measures
        assert "suspend" not in measures

    def test_who_is_mostly_right_is_left_alone(self, world, scene, settle):
        complain(world, scene, 3, "hide")
        complain(world, scene, 4)
        settle()
        assert not waiting("false-reports")

    def test_what_another_editor_saw_otherwise_does_not_count(self, world, scene, settle):
        complain(world, scene, 5)
        for report in db.session.scalars(select(Report).limit(2)).all():
            appeal = commands.appeal_as_reporter(report, at=now(), text="Vende davvero.")
            commands.reverse(appeal, by=world.ruth, at=now(), rule="spam", facts="Vende.")
        settle()
        assert not waiting("false-reports")
        [record] = queries.reporter_records([world.teresa.id]).values()
        assert (record.reports, record.right, record.wrong) == (5, 2, 3)

    def test_after_a_warning_no_reports_for_a_month(self, app, world, scene, settle, visit):
        complain(world, scene, 5)
        commands.warn(world.teresa, by=world.giulia, at=now(), rule="other", facts="Erano pareri.")
        settle()
        [case] = waiting("false-reports")
        shown, _measures = kind_measures(case, world.giulia, app)
        assert shown["suggestion"] == "restrict-reports"
        words = visit(world.giulia).get(f"/it/desk/cases/{case.id}", most_queries=60)
        assert "30 giorni" in words.get_data(as_text=True)


def test_nobody_is_sanctioned_by_counting_alone(world, scene, settle):
    offend(world, scene, 6)
    complain(world, scene, 6)
    settle()
    assert db.session.scalar(select(Sanction)) is None
    people = select(Decision).where(Decision.measure.in_(("warn", "suspend", "restrict-reports")))
    assert db.session.scalar(people) is None
    assert db.session.scalar(select(Member).where(Member.left_at.is_not(None))) is None
