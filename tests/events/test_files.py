"""Pictures, marks and slides of events: for whoever may see the event, at that moment."""

import pytest

from officine.core import storage
from officine.core.db import db
from officine.models import EventMaterial, Partner
from officine.models.event_file import FOLDER, LARGE, LINK, SMALL, file_url
from tests.events.making import event, group_event

KEYS = {
    "cover/large.webp": b"large", "cover/small.webp": b"small", "cover/link.jpg": b"link",
    "map.webp": b"map", "mark.webp": b"mark", "slides.pdf": b"%PDF-1.7 slides",
}  # fmt: skip


@pytest.fixture
def with_files(world):
    """Gives an event all the files that it can have."""

    def give(made):
        for name, data in KEYS.items():
            storage.put(f"{FOLDER}/{name}", data)
        made.picture_key, made.map_key = f"{FOLDER}/cover", f"{FOLDER}/map.webp"
        made.partners.append(
            Partner(
                position=1, role="partner", name="Camera", language="it",
                mark_key=f"{FOLDER}/mark.webp",
            )
        )  # fmt: skip
        made.materials.append(
            EventMaterial(
                kind="slides", title="Le diapositive", language="it", at=made.changed_at,
                key=f"{FOLDER}/slides.pdf", by_id=world.marta.id,
            )
        )  # fmt: skip
        db.session.commit()
        return made, [f"/{FOLDER}/{made.id}/{name}" for name in KEYS]

    return give


def test_everyone_gets_the_files_of_a_public_event(visit, world, with_files):
    made, addresses = with_files(event(world.marta))
    for address, data in zip(addresses, KEYS.values(), strict=True):
        reply = visit().get(address)
        assert (reply.status_code, reply.data) == (200, data)
        assert "public" in reply.headers["Cache-Control"]
    page = visit().get(f"/it/events/{made.slug}").text
    assert file_url(made, made.picture_key, LARGE) in page
    assert file_url(made, made.picture_key, SMALL) in visit().get("/it/events").text
    assert f'{file_url(made, made.picture_key, LINK)}">' in page


def test_only_members_get_the_files_of_a_members_event(visit, world, with_files):
    made, addresses = with_files(event(world.marta, audience="members"))
    for address in addresses:
        assert visit().get(address).status_code == 404
        reply = visit(world.emma).get(address)
        assert reply.status_code == 200
        assert reply.headers["Cache-Control"] == "private, no-cache"
    page = visit(world.emma).get(f"/it/events/{made.slug}").text
    assert file_url(made, made.picture_key, LINK) not in page


def test_only_the_group_gets_the_files_of_its_event(visit, world, with_files):
    _, addresses = with_files(group_event(world.davide, world.export, "Solo noi"))
    assert {visit(world.emma).get(each).status_code for each in addresses} == {404}
    assert {visit(world.davide).get(each).status_code for each in addresses} == {200}
    assert visit(world.davide).post("/it/groups/export-e-dogane/departures").status_code < 400
    # Who organises it still does.
    assert {visit(world.davide).get(each).status_code for each in addresses} == {200}


def test_nobody_but_its_makers_gets_the_files_of_a_draft(visit, world, with_files):
    _, addresses = with_files(event(world.marta, state="draft"))
    for who, status in ((None, 404), (world.teresa, 404), (world.marta, 200), (world.giulia, 200)):
        assert {visit(who).get(each).status_code for each in addresses} == {status}


def test_files_have_no_other_address(visit, world, with_files):
    hidden, _ = with_files(event(world.marta, audience="members"))
    other = event(world.marta, "Un altro")
    db.session.commit()
    for name in KEYS:
        assert visit(world.emma).get(f"/files/{FOLDER}/{name}").status_code == 404
        assert visit(world.emma).get(f"/{FOLDER}/{other.id}/{name}").status_code == 404
    for name in ("cover", "cover/", "cover/huge.webp", "map.webp/large.webp", "../x", "%00"):
        assert visit(world.emma).get(f"/{FOLDER}/{hidden.id}/{name}").status_code == 404
    assert visit(world.emma).get(f"/{FOLDER}/9999999999/map.webp").status_code == 404


def test_a_file_comes_whole_in_part_or_not_at_all(visit, world, with_files):
    _, addresses = with_files(event(world.marta))
    slides = addresses[-1]
    whole = visit().get(slides)
    assert whole.headers["Content-Disposition"] == "attachment"
    part = visit(None, Range="bytes=5-7").get(slides)
    assert (part.status_code, part.data) == (206, b"1.7")
    known = visit(None, **{"If-None-Match": whole.headers["ETag"]}).get(slides)
    assert known.status_code == 304
