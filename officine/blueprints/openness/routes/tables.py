"""The transparency report as tables: the same on the page and in the file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import format_date, pgettext
from flask_babel import gettext as _

from officine.blueprints.openness.queries.report import OUTCOMES, TransparencyReport
from officine.blueprints.openness.queries.subjects import KINDS, MEASURES_TOLD
from officine.core.i18n import LANGUAGES, language_name
from officine.core.words import MEASURE_NAMES, RULE_NAMES
from officine.models.appeal import SIDES
from officine.models.decision import GROUNDS, RULES


@dataclass(frozen=True)
class Row:
    """One line: its code in the file, its words, a value for each column."""

    code: str
    label: str
    values: Sequence[Any]


@dataclass(frozen=True)
class Table:
    """Counts of one thing."""

    code: str
    title: str
    rows: Sequence[Row]
    columns: Sequence[tuple[str, str]] = field(default_factory=lambda: [("number", _("Number"))])


@dataclass(frozen=True)
class Section:
    """Tables that belong together, and what must be known to read them."""

    code: str
    title: str
    note: str
    tables: Sequence[Table]


def sections_of(report: TransparencyReport) -> list[Section]:
    """The report, section by section, in the language of the page."""
    return [
        _reports(report), _decisions(report), _appeals(report), _misuse(report), _team(report),
        _active(report),
    ]  # fmt: skip


def kind_names() -> dict[str, str]:
    """What the kinds of thing are called."""
    return {
        "message": _("Message"), "topic": _("Topic"), "person": _("Person"), "group": _("Group"),
        "event": _("Event"), "question": _("Question to a guest"),
    }  # fmt: skip


def ground_names() -> dict[str, str]:
    """What a decision rests on."""
    return {"community": _("Rule of the community"), "law": _("Law")}


def _reports(report: TransparencyReport) -> Section:
    reports = report.reports
    outcomes = {
        "open": pgettext("reports", "Not decided yet"),
        "dismissed": _("Left as it is"),
        "community": _("Measure by a rule of the community"),
        "law": _("Measure by law"),
    }
    languages = [
        Row(code, _language(code), [number, reports.medians.get(code)])
        for code, number in _by_language(reports.by_language)
    ]
    return Section(
        "reports",
        _("Reports received"),
        _(
            "Anybody can report, with or without an account. Each report of the period is counted, "
            "with what has become of it until now; the time runs from the report to the decision."
        ),
        [
            Table("reports", _("All reports"), [
                Row("received", pgettext("reports", "Received"), [reports.total]),
                Row("automatic", _("Decided by a rule of the site alone"),
                    [reports.answered_automatically]),
                Row("median", _("Median time to decide"), [reports.median]),
            ]),
            Table("reports_by_rule", _("By the rule or law they name"),
                _split(RULE_NAMES, RULES, reports.by_rule, ("member", "visitor")),
                [("member", _("From members")), ("visitor", _("From visitors")), _all_together()]),
            Table("reports_by_outcome", _("What became of them"),
                _counted(outcomes, outcomes, reports.by_outcome)),
            Table("reports_by_kind", _("By what they are about"),
                _counted(kind_names(), ("message", "person"), reports.by_kind)),
            Table("reports_by_language", _("By language"), languages,
                [("number", _("Number")), ("median", _("Median time"))]),
        ],
    )  # fmt: skip


def _decisions(report: TransparencyReport) -> Section:
    decisions = report.decisions
    measures = [
        name for name in MEASURES_TOLD if any(name == key[0] for key in decisions.by_measure)
    ]
    initiative = decisions.by_initiative
    return Section(
        "decisions",
        _("Decisions"),
        _(
            "Every decision of the period, also those that give something back. A person decides; "
            "a rule of the site can only hold a message until a person has read it."
        ),
        [
            Table("decisions", _("All decisions"), [
                Row("taken", _("Taken"), [decisions.total]),
                Row("report", _("On a report"), [initiative.get("report", 0)]),
                Row("own", _("On our own initiative"), [initiative.get("own", 0)]),
                Row("detected_automatically", _("Pointed out by an automatic check"),
                    [decisions.detected_automatically]),
                Row("automatic", _("Taken by a rule of the site alone"), [decisions.automatic]),
            ]),
            Table("decisions_by_ground", _("By ground"),
                _counted(ground_names(), GROUNDS, decisions.by_ground)),
            Table("decisions_by_measure", _("By measure"),
                _split(MEASURE_NAMES, measures, decisions.by_measure, ("report", "own")),
                [("report", _("On a report")), ("own", _("On our own initiative")),
                 _all_together()]),
            Table("decisions_by_rule", _("By rule or law"),
                _split(RULE_NAMES, RULES, decisions.by_rule, GROUNDS),
                [*ground_names().items(), _all_together()]),
            Table("decisions_by_kind", _("By kind of thing"),
                _counted(kind_names(), KINDS, decisions.by_kind)),
            Table("decisions_by_language", _("By language"),
                [Row(code, _language(code), [number])
                 for code, number in _by_language(decisions.by_language)]),
        ],
    )  # fmt: skip


def _appeals(report: TransparencyReport) -> Section:
    appeals = report.appeals
    sides = {"author": _("From whom a decision affects"), "reporter": _("From who reported")}
    return Section(
        "appeals",
        _("Appeals"),
        _(
            "Whom a decision affects, and who reported, can appeal for six months. Another editor "
            "than the first decides."
        ),
        [
            Table("appeals", _("All appeals"), [
                Row("received", pgettext("appeals", "Received"), [appeals.total]),
                Row("median", _("Median time to answer"), [appeals.median]),
            ]),
            Table("appeals_by_outcome", _("What became of them"),
                _split(sides, SIDES, appeals.outcomes, OUTCOMES),
                [("open", pgettext("appeals", "Not decided yet")),
                 ("upheld", pgettext("appeals", "Upheld")),
                 ("reversed", pgettext("appeals", "Reversed")), _all_together()]),
        ],
    )  # fmt: skip


def _misuse(report: TransparencyReport) -> Section:
    return Section(
        "misuse",
        _("Suspensions for misuse"),
        _("Whoever breaks the rules again and again, or reports without cause, is warned first."),
        [
            Table("misuse", _("Suspensions"), [
                Row("repeat_offenders", _("Accounts suspended or closed"),
                    [report.decisions.repeat_offenders]),
                Row("false_reporters", _("Reporting suspended, for reports without cause"),
                    [report.decisions.false_reporters]),
            ]),
        ],
    )  # fmt: skip


def _team(report: TransparencyReport) -> Section:
    rows = [Row(code, _language(code), [number]) for code, number in _by_language(report.editors)]
    return Section(
        "team",
        _("The people who decide"),
        _("The editorial team as it is today. Whoever reads several languages counts in each."),
        [Table("team", _("Editors by language"), [
            *rows, Row("all", _("All editors"), [report.team]),
        ])],
    )  # fmt: skip


def _active(report: TransparencyReport) -> Section:
    rows = [
        Row(f"{month:%Y-%m}", format_date(month, "MMMM y"), [number])
        for month, number in report.active.items()
    ]
    return Section(
        "active",
        _("Members active each month"),
        _(
            "A member is active in a month in which they sign in, are last seen, read a topic last "
            "or write. Of reading only the last time is kept, so there may have been more. "
            "Visitors without an account are not counted: we do not follow them."
        ),
        [Table("active", _("The six months up to the end of the period"), [
            *rows, Row("average", _("Average"), [round(report.active_average, 1)]),
        ], [("number", _("Members"))])],
    )  # fmt: skip


def _all_together() -> tuple[str, str]:
    return "all", _("All together")


def _counted(
    names: Mapping[str, Any], codes: Iterable[str], counts: Mapping[str, int]
) -> list[Row]:
    return [Row(code, str(names[code]), [counts.get(code, 0)]) for code in codes]


def _split(
    names: Mapping[str, Any],
    codes: Iterable[str],
    counts: Mapping[tuple[str, str], int],
    parts: Sequence[str],
) -> list[Row]:
    rows = []
    for code in codes:
        numbers = [counts.get((code, part), 0) for part in parts]
        rows.append(Row(code, str(names[code]), [*numbers, sum(numbers)]))
    return rows


def _by_language(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Our languages, and whatever others there are."""
    codes = [*LANGUAGES, *sorted(set(counts) - set(LANGUAGES))]
    return [(code, counts.get(code, 0)) for code in codes]


def _language(code: str) -> str:
    name = language_name(code)
    return name[:1].upper() + name[1:]
