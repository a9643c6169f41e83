"""Badges: for whom, in which order, on how many sheets."""

from officine.blueprints.attendance import commands, queries
from officine.blueprints.attendance.routes.badges import badges_of
from officine.core.clock import now
from officine.core.db import db


def test_who_goes_and_each_guest_with_a_name_wears_one(app, world, evening):
    evening.most_guests = 3
    teresa = commands.reply(
        evening, "going", by=world.teresa, at=now(), guests=3, guest_names="Zoë Martín; Álvaro Gil"
    )
    commands.reply(evening, "maybe", by=world.davide, at=now())
    commands.walk_in(evening, name="Beatrice Neri", at=now())
    db.session.commit()

    with app.test_request_context("/it/"):
        badges = badges_of(evening, queries.everybody(evening))

    assert [badge.name for badge in badges] == [
        "Beatrice Neri", "Teresa Uribe", "Zoë Martín", "Álvaro Gil",
    ]  # fmt: skip
    worn = {badge.name: badge for badge in badges}
    assert worn["Álvaro Gil"].firm == "Ospite di Teresa Uribe"
    assert worn["Teresa Uribe"].firm == world.teresa.firm
    assert "español" in worn["Teresa Uribe"].languages
    assert worn["Teresa Uribe"].code.endswith(f"/door/{teresa.code}")
    assert worn["Zoë Martín"].code == worn["Teresa Uribe"].code


def test_only_organisers_and_the_desk_print_badges_ten_a_sheet(world, visit, evening, crowd):
    evening.capacity = None
    evening.most_guests = 1
    for who in crowd(10):
        commands.reply(evening, "going", by=who, at=now())
    name = "Łucja Wiśniewska-Żeleńska di San Giuliano e Sant’Ambrogio Inferiore, Иван"
    commands.reply(evening, "going", by=world.teresa, at=now(), guests=1, guest_names=name)
    url = f"/it/events/{evening.slug}/badges.pdf"

    assert visit(world.teresa).get(url).status_code == 403
    assert visit().get(url).status_code == 303
    reply = visit(world.marta).get(url)
    assert (reply.status_code, reply.mimetype) == (200, "application/pdf")
    assert "no-store" in reply.headers["Cache-Control"]
    assert reply.get_data().count(b"/Type /Page\n") == 2
