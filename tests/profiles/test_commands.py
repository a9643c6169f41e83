"""What a profile keeps of what somebody writes."""

import pytest

from officine.blueprints.profiles.commands import (
    HandleTaken,
    change_handle,
    describe_profile,
    read_languages,
    set_photo_drawing,
    show_to,
)
from officine.core import storage
from officine.core.db import db

SPANISH = "Busco un agente que conozca los almacenes del norte de Italia y que hable con ellos."


def test_what_is_not_given_stays(world):
    describe_profile(world.marta, job="Titolare", place="Como")
    describe_profile(world.marta, place="Cantù")

    assert (world.marta.job, world.marta.place) == ("Titolare", "Cantù")


def test_texts_are_cleaned_and_rendered_once(world):
    describe_profile(world.marta, job=" Capo\u202e\n reparto ", about="**Seta** <script>x</script>")

    assert world.marta.job == "Capo reparto"
    assert "<strong>Seta</strong>" in world.marta.about_html
    assert "<script>" not in world.marta.about_html


def test_the_language_is_found_in_the_words(world):
    describe_profile(world.marta, seeks=SPANISH, language="")
    assert world.marta.profile_language == "es"

    describe_profile(world.marta, seeks="OK", language="")
    assert world.marta.profile_language == "es", "too few words to tell: it stays"


def test_the_language_that_somebody_chose_counts(world):
    describe_profile(world.marta, seeks=SPANISH, language="it")

    assert world.marta.profile_language == "it"


def test_another_company_name_ends_speaking_for_the_old_one(world):
    describe_profile(world.marta, company_name="colombo tessuti")
    assert world.marta.speaks_for(world.companies["tessuti"])

    describe_profile(world.marta, company_name="Ceramicas Uribe")
    assert world.marta.company is None
    assert world.marta.firm == "Ceramicas Uribe"


def test_a_name_cannot_be_emptied(world):
    describe_profile(world.marta, name="   ")

    assert world.marta.name == "Marta Colombo"


def test_someone_always_reads_a_language(world):
    read_languages(world.marta, [])
    assert world.marta.reads == ("it", "en")

    read_languages(world.marta, ["es", "xx", "it"])
    assert world.marta.reads == ("it", "es")


def test_only_known_fields_have_an_audience(world):
    show_to(world.marta, {"job": "members", "email": "everyone", "place": "nobody"})

    assert world.marta.shown_to == {"job": "members"}


def test_a_handle_that_was_given_up_is_nobody_elses(world):
    change_handle(world.marta, "marta-seta")
    db.session.flush()

    with pytest.raises(HandleTaken):
        change_handle(world.teresa, "marta-colombo")
    with pytest.raises(HandleTaken):
        change_handle(world.teresa, "marta-seta")
    change_handle(world.marta, "marta-colombo")
    assert world.marta.handle == "marta-colombo"


def test_nobody_passes_for_the_site(world):
    with pytest.raises(HandleTaken):
        change_handle(world.marta, "redazione")


def test_the_files_of_an_old_photo_go(world, settle):
    set_photo_drawing(world.marta, "<svg xmlns='http://www.w3.org/2000/svg'/>")
    old = world.marta.photo_key
    set_photo_drawing(world.marta, "<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>")
    settle()

    assert storage.get(old) is None
    assert storage.get(world.marta.photo_key) is not None
