import re
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from officine.blueprints.groups import commands, queries
from officine.core.db import db
from officine.models import Decision, Group, Membership, Notification
from tests.world import NOON

NEW_GROUP = {
    "language": "it",
    "name": "Fiere e stand",
    "purpose": "Quali fiere valgono il viaggio.",
    "visibility": "public",
    "joining": "open",
}


def names(html: str) -> list[str]:
    """The groups of a list, in order."""
    return re.findall(r'class="title"><a href="[^"]+">([^<]+)</a>', html)


# The list


def test_a_visitor_sees_first_the_groups_in_the_languages_of_the_browser(world, visit):
    html = visit(None, Accept_Language="it").get("/it/groups", most_queries=6).text

    assert names(html) == ["Export e dogane"]


def test_a_member_sees_first_the_groups_they_can_read(world, visit):
    html = visit(world.teresa).get("/es/groups", most_queries=10).text

    assert set(names(html)) == {"Export e dogane", "Energía e industria"}


def test_nothing_is_hidden_from_who_wants_more_languages(world, visit):
    html = visit().get("/it/groups?lang=it&lang=en&lang=es").text

    assert set(names(html)) == {"Export e dogane", "Energía e industria", "Metal &amp; castings"}


@pytest.mark.parametrize("name", ["marta", "giulia"])
def test_a_private_group_is_listed_for_those_who_may_read_it_only(world, visit, name):
    assert "Passaggio generazionale" in visit(getattr(world, name)).get("/it/groups").text
    assert "Passaggio generazionale" not in visit(world.davide).get("/it/groups").text
    assert "Passaggio generazionale" not in visit().get("/it/groups?lang=it").text


def test_a_group_in_another_language_is_marked_and_spoken_in_it(world, visit):
    html = visit().get("/it/groups?lang=es").text

    assert 'class="words" lang="es"' in html
    assert ">ES<" in html


def test_htmx_gets_the_list_alone(world, visit):
    piece = visit().htmx_get("/it/groups?lang=es").text

    assert "Energía e industria" in piece
    assert "<html" not in piece


def test_a_page_that_does_not_exist_is_not_found(world, visit):
    assert visit().get("/it/groups?page=9").status_code == 404


# A group


def test_a_visitor_reads_a_public_group(world, visit):
    reply = visit().get("/en/groups/export-e-dogane", most_queries=8)

    assert reply.status_code == 200
    assert '<span lang="it">Export e dogane</span>' in reply.text


def test_a_visitor_sees_that_a_members_group_exists_but_no_more(world, visit):
    html = visit().get("/en/groups/metal-and-castings").text

    assert "Sign in to read this group" in html
    assert "noindex" in html


@pytest.mark.parametrize("path", ["", "/people", "/settings"])
def test_a_private_group_does_not_exist_for_others(world, visit, path):
    url = f"/it/groups/passaggio-generazionale{path}"

    assert visit().get(url).status_code == 404
    assert visit(world.teresa).get(url).status_code == 404


def test_the_people_of_a_group_come_a_page_at_a_time(world, visit, monkeypatch):
    monkeypatch.setattr(queries, "PEOPLE", 1)
    url = "/it/groups/export-e-dogane/people"
    first = visit().get(url, most_queries=8).text
    last = visit().get(f"{url}?page=3").text

    assert world.marta.name in first
    assert f'href="{url}?page=2"' in first
    assert world.marta.name not in last
    assert "?page=4" not in last
    assert visit().get(f"{url}?page=99").status_code == 404


# Joining


def join(visit, who, group, **fields):
    return visit(who).post(f"/it/groups/{group.slug}/members", **fields)


def belongs(member, group) -> bool:
    return db.session.get(Membership, (group.id, member.id)) is not None


def test_one_tap_joins_an_open_group(world, visit):
    reply = join(visit, world.emma, world.export)

    assert reply.status_code == 303
    assert belongs(world.emma, world.export)


def test_a_visitor_is_led_to_sign_in_before_joining(world, visit):
    reply = join(visit, None, world.export)

    assert reply.status_code == 303
    assert "/it/sign-in" in reply.location


def test_an_unconfirmed_member_is_told_to_confirm(world, visit):
    reply = join(visit, world.newcomer, world.export)

    assert reply.status_code == 403
    assert "Prima conferma il tuo indirizzo" in reply.text


def test_joining_under_htmx_leads_to_the_group(world, visit):
    reply = visit(world.emma).htmx_post("/it/groups/export-e-dogane/members")

    assert reply.headers["HX-Redirect"].endswith("/it/groups/export-e-dogane")


def test_joining_twice_is_no_error(world, visit):
    join(visit, world.emma, world.export)

    assert join(visit, world.emma, world.export).status_code == 303


def test_a_closed_group_is_not_joined(world, visit):
    assert join(visit, world.marta, world.energia).status_code == 403
    assert join(visit, world.emma, world.famiglia).status_code == 404


def test_a_request_reaches_the_hosts_and_its_answer_the_one_who_asked(
    world, visit, settle, outbound
):
    visit(world.marta).post("/it/groups/energia-e-industria/requests", text="Compro 4 GWh l’anno")
    settle()
    assert len(outbound.to("teresa-uribe@example.org")) == 1

    request = queries.requests_waiting(world.energia)[0]
    page = visit(world.teresa).get("/es/groups/energia-e-industria/people").text
    assert "Compro 4 GWh l’anno" in page
    visit(world.teresa).post(f"/es/groups/energia-e-industria/requests/{request.id}/acceptance")
    settle()

    assert belongs(world.marta, world.energia)
    letters = outbound.to("marta-colombo@example.org")
    assert len(letters) == 1
    assert letters[0]["Content-Language"] == "it"


def test_a_refusal_needs_a_reason_and_keeps_what_was_typed(world, visit):
    asked = commands.request_to_join(world.energia, world.marta, text="", at=NOON)
    db.session.flush()
    url = f"/es/groups/energia-e-industria/requests/{asked.id}/refusal"

    assert visit(world.teresa).get(url).status_code == 200
    reply = visit(world.teresa).post(url, reason="   ")
    assert reply.status_code == 422
    assert "Escribe el motivo" in reply.text

    visit(world.teresa).post(url, reason="Es un grupo de fábricas.")
    assert db.session.get(type(asked), asked.id).reason == "Es un grupo de fábricas."


def test_strangers_do_not_answer_requests(world, visit):
    asked = commands.request_to_join(world.energia, world.marta, text="", at=NOON)
    db.session.flush()
    url = f"/it/groups/energia-e-industria/requests/{asked.id}"

    assert visit(world.marta).post(f"{url}/acceptance").status_code == 403
    assert visit(world.marta).post(f"{url}/refusal", reason="x").status_code == 403


def test_an_invitation_is_heard_of_and_accepted(world, visit, settle, outbound):
    visit(world.marta).post(
        "/it/groups/passaggio-generazionale/invitations", handle="@emma-whitcombe"
    )
    settle()
    assert db.session.scalar(select(Notification.kind).filter_by(member_id=world.emma.id)) == (
        "invitation"
    )
    assert len(outbound.to("emma-whitcombe@example.org")) == 1
    assert (
        "Accept the invitation" in visit(world.emma).get("/en/groups/passaggio-generazionale").text
    )

    join(visit, world.emma, world.famiglia)
    assert belongs(world.emma, world.famiglia)


def test_inviting_nobody_says_so_beside_the_field(world, visit):
    reply = visit(world.marta).post(
        "/it/groups/export-e-dogane/invitations", handle="nobody-at-all"
    )

    assert reply.status_code == 422
    assert 'value="nobody-at-all"' in reply.text


def test_an_invitation_can_be_declined(world, visit):
    commands.invite(world.famiglia, world.emma, by=world.marta, at=NOON)
    visit(world.emma).post("/en/groups/passaggio-generazionale/invitation/refusal")

    assert visit(world.emma).get("/en/groups/passaggio-generazionale").status_code == 404


def test_leaving(world, visit):
    visit(world.davide).post("/it/groups/export-e-dogane/departures")

    assert not belongs(world.davide, world.export)
    assert visit(world.marta).post("/it/groups/export-e-dogane/departures").status_code == 403


def test_a_removal_tells_the_person_why(world, visit, settle, outbound):
    url = "/it/groups/export-e-dogane/removals/davide-rinaldi"
    assert visit(world.marta).get(url).status_code == 200
    assert visit(world.marta).post(url, rule="advertising", reason="").status_code == 422
    assert belongs(world.davide, world.export)

    visit(world.marta).post(url, rule="advertising", reason="Tre offerte in un giorno.")
    settle()
    settle()

    assert not belongs(world.davide, world.export)
    assert db.session.scalar(select(Decision.facts)) == "Tre offerte in un giorno."
    letters = outbound.to("davide-rinaldi@example.org")
    assert len(letters) == 1
    assert "Tre offerte in un giorno." in letters[0].get_body(("plain",)).get_content()


def test_who_was_removed_is_let_back_by_a_host(world, visit, settle):
    url = "/it/groups/export-e-dogane"
    visit(world.marta).post(
        f"{url}/removals/davide-rinaldi", rule="advertising", reason="Tre offerte in un giorno."
    )

    davide = visit(world.davide)
    refused = davide.post(f"{url}/members")
    assert refused.status_code == 403
    assert "/it/decisions/" in refused.text
    assert "Chiedi di rientrare" in davide.get(url).text
    assert "Tre offerte in un giorno." not in visit(world.teresa).get(f"{url}/people").text
    assert "Riammetti Davide Rinaldi" in visit(world.marta).get(f"{url}/people").text

    visit(world.marta).post(f"{url}/invitations", handle="davide-rinaldi")
    settle()

    assert "Riammetti Davide Rinaldi" not in visit(world.marta).get(f"{url}/people").text
    assert davide.post(f"{url}/members").status_code == 303
    assert belongs(world.davide, world.export)


def test_a_host_makes_another_host_who_then_looks_after_the_group_too(world, visit):
    url = "/it/groups/export-e-dogane"
    assert f'action="{url}/hosts/davide-rinaldi"' in visit(world.marta).get(f"{url}/people").text
    assert visit(world.davide).get(f"{url}/settings").status_code == 403

    marta = visit(world.marta)
    reply = marta.post(f"{url}/hosts/davide-rinaldi")

    assert reply.status_code == 303
    assert "Davide Rinaldi ora è referente del gruppo." in marta.get(reply.location).text
    assert f'action="{url}/hosts/davide-rinaldi"' not in marta.get(f"{url}/people").text
    assert queries.is_host(world.davide, world.export)
    assert visit(world.davide).get(f"{url}/settings").status_code == 200
    assert marta.post(f"{url}/hosts/nobody-at-all").status_code == 404


# Opening, proposing, settings


def test_a_host_opens_a_group_at_once(world, visit):
    visit(world.marta).post("/it/groups", **NEW_GROUP)

    assert db.session.scalar(select(Group.opened_at).filter_by(slug="fiere-e-stand"))


def test_a_member_s_proposal_waits_for_the_desk(world, visit, settle, outbound):
    visit(world.davide).post("/it/groups", **NEW_GROUP)
    assert visit(world.emma).get("/it/groups/fiere-e-stand").status_code == 404
    assert "Fiere e stand" in visit(world.giulia).get("/it/groups/proposed").text

    visit(world.giulia).post("/it/groups/fiere-e-stand/opening")
    settle()

    assert visit().get("/it/groups/fiere-e-stand").status_code == 200
    assert len(outbound.to("davide-rinaldi@example.org")) == 1


def test_a_declined_proposal_comes_back_with_its_reason_and_can_be_mended(world, visit, settle):
    visit(world.davide).post("/it/groups", **NEW_GROUP)
    visit(world.giulia).post("/it/groups/fiere-e-stand/declining", reason="Ce n’è già uno simile.")
    settle()
    assert "Ce n’è già uno simile." in visit(world.davide).get("/it/groups/fiere-e-stand").text

    visit(world.davide).post(
        "/it/groups/fiere-e-stand/settings", **{**NEW_GROUP, "purpose": "Solo fiere in Asia."}
    )

    assert "Solo fiere in Asia." in visit(world.giulia).get("/it/groups/proposed").text


def test_a_group_that_is_open_is_not_declined(world, visit):
    url = "/it/groups/export-e-dogane/declining"

    assert visit(world.giulia).get(url).status_code == 403
    assert visit(world.giulia).post(url, reason="Troppo tardi.").status_code == 403


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "Dai un nome al gruppo."),
        ({"purpose": " "}, "Di’ in una frase a che cosa serve il gruppo."),
        ({"visibility": "everybody"}, "Who reads it"),
        (
            {"sectors": ["food", "wood", "metal", "trade", "retail"]},
            "Scegli al massimo quattro settori.",
        ),
    ],
)
def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(world, visit, fields, message):
    reply = visit(world.marta).post(
        "/it/groups", **{**NEW_GROUP, **fields, "text": "Un testo lungo"}
    )

    assert reply.status_code == 422
    assert "Un testo lungo" in reply.text
    if message != "Who reads it":
        assert message in reply.text


def test_strangers_do_not_change_a_group(world, visit):
    assert visit(world.davide).get("/it/groups/export-e-dogane/settings").status_code == 403
    assert (
        visit(world.davide).post("/it/groups/export-e-dogane/settings", **NEW_GROUP).status_code
        == 403
    )
    assert (
        visit(world.davide).post("/it/groups/export-e-dogane/hosts/davide-rinaldi").status_code
        == 403
    )
    assert visit(world.emma).get("/it/groups/proposed").status_code == 403


def test_a_group_that_is_in_use_never_opens_wider(world, visit):
    world.export.visibility = "members"
    url = "/it/groups/export-e-dogane/settings"
    assert "Un gruppo non si apre mai di più" in visit(world.marta).get(url).text

    reply = visit(world.marta).post(url, **NEW_GROUP | {"visibility": "public"})

    assert reply.status_code == 422
    assert "Un gruppo non si apre mai di più" in reply.text
    assert db.session.get(Group, world.export.id).visibility == "members"
    visit(world.marta).post(url, **NEW_GROUP | {"visibility": "private"})
    assert db.session.get(Group, world.export.id).visibility == "private"


def test_a_group_s_language_stays(world, visit):
    visit(world.marta).post(
        "/it/groups/export-e-dogane/settings", **{**NEW_GROUP, "language": "en"}
    )
    db.session.refresh(world.export)

    assert world.export.language == "it"
    assert world.export.name == "Fiere e stand"


def picture() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (1200, 400), "#0E5A53").save(file, "PNG")
    file.seek(0)
    return file


def test_a_cover_is_made_anew_and_shown(world, visit):
    reply = visit(world.marta).post(
        "/it/groups/export-e-dogane/cover", cover=(picture(), "../../cover.png")
    )

    assert reply.status_code == 303
    html = visit().get("/it/groups/export-e-dogane").text
    address = re.search(r'src="(/files/covers/[\w-]+\.webp)"', html)
    assert address
    assert visit().get(address[1]).mimetype == "image/webp"


def test_what_is_no_picture_is_refused_with_a_reason(world, visit):
    reply = visit(world.marta).post(
        "/it/groups/export-e-dogane/cover", cover=(BytesIO(b"<svg onload=alert(1)>"), "x.png")
    )

    assert reply.status_code == 422
    assert "non è un’immagine" in reply.text
