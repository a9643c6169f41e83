"""A weekly series at nine in Rome, seen from elsewhere, over the clock changes of 2026 and 2027."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import render_template_string

from officine.core.i18n import writing_in
from tests.events.making import event, utc
from tests.events.test_listing import words

ROME = ZoneInfo("Europe/Rome")
TELL = '{% from "events/_when.html" import event_time, event_hour %}{{ event_time(event, zone) }}'


def monday(year: int, month: int, day: int) -> datetime:
    """Nine o’clock in Rome."""
    return datetime(year, month, day, 9, tzinfo=ROME)


@pytest.mark.parametrize(
    ("begins", "rome", "bogota"),
    [
        # Rome puts its clocks back on 25 October 2026 and forward on 28 March 2027; back again on
        # 31 October 2027. Bogotá never does.
        (monday(2026, 10, 19), "lunedì 19 ottobre 2026, 09:00–10:00", "02:00–03:00"),
        (monday(2026, 10, 26), "lunedì 26 ottobre 2026, 09:00–10:00", "03:00–04:00"),
        (monday(2027, 3, 22), "lunedì 22 marzo 2027, 09:00–10:00", "03:00–04:00"),
        (monday(2027, 3, 29), "lunedì 29 marzo 2027, 09:00–10:00", "02:00–03:00"),
        (monday(2027, 11, 1), "lunedì 1 novembre 2027, 09:00–10:00", "03:00–04:00"),
    ],
)
def test_nine_in_rome_stays_nine_in_rome(app, world, begins, rome, bogota):
    starts = begins.astimezone(utc(2026, 1, 1).tzinfo)
    made = event(world.marta, starts_at=starts, ends_at=starts + timedelta(hours=1))

    def told(zone):
        with app.test_request_context("/it/"), writing_in("it"):
            page = render_template_string(TELL, event=made, zone=zone)
        return words(f"<main>{page}</main>").replace(" – ", "–")

    assert f"{rome} (ora di Roma)" in told(None)
    assert "Per te" not in told("Europe/Madrid"), "the same clock all year"
    assert "Per te" not in told(None)
    assert f"{bogota} (ora di Bogotá)" in told("America/Bogota")


def test_the_list_names_the_clock_unless_it_is_the_readers(visit, world):
    event(world.marta, "Caffè del lunedì", starts_at=utc(2026, 12, 7, 8), slug="caffe")
    world.marta.timezone, world.teresa.timezone = "Europe/Madrid", "America/Bogota"

    with time_machine.travel(utc(2026, 11, 22, 9), tick=False):
        visitor = words(visit().get("/it/events").text)
        madrid = words(visit(world.marta).get("/it/events").text)
        bogota = words(visit(world.teresa).get("/it/events").text)

    assert "09:00 , ora di Roma" in visitor
    assert "09:00 Lumezzane" in madrid
    assert "09:00 , ora di Roma ( 03:00 per te)" in bogota


def test_the_day_of_the_list_is_the_one_where_it_is_held(visit, world):
    """Half past midnight in Rome is still the day before elsewhere."""
    event(world.marta, "Veglia", starts_at=utc(2026, 12, 9, 23, 30), slug="veglia")
    world.teresa.timezone = "America/Bogota"

    with time_machine.travel(utc(2026, 11, 22, 9), tick=False):
        page = visit(world.teresa).get("/it/events").text
        shown = words(visit(world.teresa).get("/it/events/veglia").text)

    assert 'datetime="2026-12-10"' in page
    assert "giovedì 10 dicembre 2026" in shown and "mercoledì 9 dicembre 2026" in shown
