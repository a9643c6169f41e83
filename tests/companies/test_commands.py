"""What a company keeps, and who speaks for it."""

from sqlalchemy import select

from officine.blueprints.companies import commands, queries
from officine.core.db import db
from officine.models import Company
from tests.world import NOON


def test_who_opens_the_page_speaks_for_the_company(world):
    company = commands.open_company(
        name=" Whitcombe  Castings ", language="en", at=NOON, by=world.emma, founded=1951
    )

    assert (company.name, company.slug) == ("Whitcombe Castings", "whitcombe-castings")
    assert world.emma.speaks_for(company) and world.emma.firm == "Whitcombe Castings"
    assert company.languages == ("en",)


def test_two_companies_may_have_one_name_but_not_one_address(world):
    first = commands.open_company(name="Rossi", language="it", at=NOON)
    second = commands.open_company(name="Rossi", language="it", at=NOON)
    third = commands.open_company(name="New", language="en", at=NOON)

    assert (first.slug, second.slug, third.slug) == ("rossi", "rossi-2", "new-2")


def test_a_new_name_takes_the_old_address_along(world):
    tessuti = world.companies["tessuti"]
    commands.describe_company(tessuti, name="Colombo Seta", founded=1958)
    db.session.flush()

    assert tessuti.slug == "colombo-seta"
    assert queries.present_slug("colombo-tessuti") == "colombo-seta"
    again = commands.open_company(name="Colombo Tessuti", language="it", at=NOON)
    assert again.slug == "colombo-tessuti-2", "the old address stays with whom it led to"


def test_texts_are_cleaned_and_their_language_found(world):
    tessuti = world.companies["tessuti"]
    commands.describe_company(
        tessuti,
        about="**We print** silk for those who order thirty metres and want the same next year.",
        language="",
    )

    assert tessuti.language == "en"
    assert "<strong>We print</strong>" in tessuti.about_html


def test_a_yes_lets_somebody_speak_and_a_no_says_why(world):
    tessuti = world.companies["tessuti"]
    yes = commands.ask_to_speak(tessuti, world.emma, text="I buy", at=NOON)
    commands.accept_request(yes, by=world.marta, at=NOON)
    no = commands.ask_to_speak(tessuti, world.davide, text="", at=NOON)
    commands.refuse_request(no, by=world.marta, at=NOON, reason="Non lavora qui.")

    assert world.emma.speaks_for(tessuti)
    assert not world.davide.speaks_for(tessuti)
    assert no.reason == "Non lavora qui."
    commands.accept_request(no, by=world.marta, at=NOON)
    assert not world.davide.speaks_for(tessuti), "an answer is given once"


def test_a_late_yes_does_not_take_somebody_from_another_company(world):
    request = commands.ask_to_speak(world.companies["tessuti"], world.emma, text="", at=NOON)
    other = commands.open_company(name="Whitcombe", language="en", at=NOON, by=world.emma)
    commands.accept_request(request, by=world.marta, at=NOON)

    assert world.emma.speaks_for(other)


def test_who_stops_speaking_keeps_the_name_on_the_profile(world):
    tessuti = world.companies["tessuti"]
    commands.stop_speaking(tessuti, world.marta)
    db.session.flush()

    assert world.marta.company is None and world.marta.firm == "Colombo Tessuti"
    assert not queries.has_speakers(tessuti)
    assert db.session.scalar(select(Company).filter_by(slug="colombo-tessuti")) is not None
