from sqlalchemy import func, select

from officine.blueprints.accounts.commands import leave, mark_confirmed
from officine.core import passwords
from officine.core.clock import now
from officine.core.db import db
from officine.models import Member
from tests.accounts.newcomers import OTHER_PASSWORD, PASSWORD, joining, letter_link, with_password
from tests.outbound import link_in, text_of


def member_at(address: str) -> Member | None:
    return db.session.scalar(select(Member).filter_by(email=address))


def test_a_visitor_signs_up_and_waits_for_confirmation(world, visit, settle, outbound):
    reply = visit().post("/es/sign-up", **joining(email=" Ada@Example.ORG "))

    assert reply.status_code == 303
    assert reply.location == "/es/sign-up/sent"
    ada = member_at("ada@example.org")
    assert (ada.kind, ada.reads) == ("entrepreneur", ("it", "en"))
    assert ada.interface_language == "es"
    assert not ada.is_confirmed
    assert ada.consented_at is not None
    assert ada.password_hash.startswith("$argon2id$")
    settle()
    assert len(outbound.to("ada@example.org")) == 1


def test_htmx_signs_up_as_a_browser_does(world, visit):
    reply = visit().htmx_post("/it/sign-up", **joining())

    assert reply.headers["HX-Redirect"] == "/it/sign-up/sent"


def test_who_is_signed_in_needs_no_account(world, visit):
    assert visit(world.marta).get("/it/sign-up?next=/it/groups").location == "/it/groups"


def test_the_language_of_the_page_is_ticked_and_consent_is_not(world, visit):
    page = visit().get("/es/sign-up").get_data(as_text=True)

    assert 'value="es" checked' in page
    assert 'value="it" checked' not in page
    consent = page[page.index('name="consent"') - 80 : page.index('name="consent"') + 80]
    assert "checked" not in consent
    assert "/es/rules" in page
    assert "/es/privacy" in page


def test_every_error_stands_beside_its_field_and_what_was_typed_is_kept(world, visit):
    reply = visit().post(
        "/it/sign-up", name="A<b>da", email="not an address", password="breve", kind="king"
    )
    page = reply.get_data(as_text=True)

    assert reply.status_code == 422
    for field in ("email", "password", "kind", "reads", "consent"):
        assert f'id="{field}-problem"' in page, field
    assert "A&lt;b&gt;da" in page
    assert "not an address" in page
    assert "breve" not in page


def test_htmx_gets_the_form_back_with_its_errors(world, visit):
    reply = visit().htmx_post("/it/sign-up", **joining(name=""))

    assert reply.status_code == 422
    assert "<html" not in reply.get_data(as_text=True)
    assert 'id="name-problem"' in reply.get_data(as_text=True)


def test_without_consent_nobody_joins(world, visit):
    assert visit().post("/it/sign-up", **joining(consent="")).status_code == 422
    assert member_at("ada@example.org") is None


def test_the_answer_is_the_same_whether_the_address_has_an_account_or_not(
    world, visit, settle, outbound, monkeypatch
):
    hashed = []
    hash_password = passwords.hash_password
    monkeypatch.setattr(
        passwords, "hash_password", lambda text: hashed.append(text) or hash_password(text)
    )
    answers = []
    for address in ("nobody@example.org", world.marta.email):
        browser = visit()
        reply = browser.post("/it/sign-up", **joining(email=address))
        sent = browser.get(reply.location).get_data(as_text=True).replace(address, "…")
        answers.append((reply.status_code, reply.location, without_tokens(sent)))
    settle()

    assert answers[0] == answers[1]
    assert len(hashed) == 2
    assert len(outbound.to("nobody@example.org")) == len(outbound.to(world.marta.email)) == 1


def without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrf" not in line.lower())


def test_the_owner_of_a_known_address_hears_of_it_and_can_come_in(world, visit, settle, outbound):
    visit().post("/es/sign-up", **joining(email=world.marta.email, name="Someone Else"))
    settle()

    letter = outbound.to(world.marta.email)[0]
    assert "Hai già un account" in letter["Subject"]
    assert "/it/sign-in" in text_of(letter)
    assert "/it/password/new/" in text_of(letter)
    assert db.session.get(Member, world.marta.id).name == "Marta Colombo"
    assert db.session.scalar(select(func.count(Member.id))) == 8


def test_signing_up_again_for_an_unconfirmed_address_changes_nothing_of_the_first(
    world, visit, settle, outbound
):
    visit().post("/it/sign-up", **joining())
    first = member_at("ada@example.org").password_hash

    visit().post("/it/sign-up", **joining(password="tutt’altra frase segreta qui"))

    assert member_at("ada@example.org").password_hash == first


def test_namesakes_have_their_own_addresses(world, visit):
    for number in range(3):
        visit().post("/it/sign-up", **joining(email=f"ada{number}@example.org"))

    handles = [handle_of(f"ada{number}@example.org") for number in range(3)]
    assert handles == ["ada-verdi", "ada-verdi-2", "ada-verdi-3"]


def test_nobody_learns_by_a_name_whether_the_address_was_free(world, visit):
    for address in ("nobody@example.org", world.marta.email):
        visit().post("/it/sign-up", **joining(email=address, name=f"Spia Per {address[:4]}"))
        visit().post(
            "/it/sign-up", **joining(email=f"spy.{address}", name=f"Spia Per {address[:4]}")
        )

    assert handle_of("spy.nobody@example.org") == "spia-per-nobo"
    assert handle_of(f"spy.{world.marta.email}") == "spia-per-mart"


def handle_of(address: str) -> str:
    """Under which name a newcomer is found, once the address is confirmed."""
    newcomer = member_at(address)
    mark_confirmed(newcomer, now())
    return newcomer.handle


def test_nobody_passes_for_the_desk(world, visit):
    names = ("Redazione", "Admin", "Officine Staff", "La Redazione", "Sos", "日本", "…a")
    for number, name in enumerate(names):
        visit().post("/it/sign-up", **joining(name=name, email=f"x{number}@example.org"))

    handles = {handle_of(f"x{number}@example.org") for number in range(len(names))}
    assert len(handles) == len(names)
    assert not handles & {"redazione", "admin", "officine-staff", "la-redazione", "sos"}


def test_a_handle_that_somebody_gave_up_is_not_given_again(world, visit):
    leave(world.emma, at=now(), desk_takes_over=True)
    db.session.commit()

    visit().post("/en/sign-up", **joining(name="Emma Whitcombe"))

    assert handle_of("ada@example.org") == "emma-whitcombe-2"


def test_a_disposable_address_is_warned_of_once(world, visit):
    browser = visit()
    first = browser.post("/it/sign-up", **joining(email="ada@mailinator.com"))
    page = first.get_data(as_text=True)
    assert first.status_code == 422
    assert 'value="mailinator.com"' in page
    assert 'id="email-problem"' in page

    again = browser.post(
        "/it/sign-up", **joining(email="ada@mailinator.com", warned="mailinator.com")
    )

    assert again.status_code == 303
    assert member_at("ada@mailinator.com") is not None


def test_two_spellings_of_an_address_are_one_account(world, visit):
    visit().post("/it/sign-up", **joining(email="Ada@BÜCHER.example.com"))
    visit().post("/it/sign-up", **joining(email="ada@xn--bcher-kva.example.com"))

    found = db.session.scalars(select(Member.email).where(Member.name == "Ada Verdi")).all()
    assert found == ["ada@xn--bcher-kva.example.com"]


def test_a_name_is_no_advertisement(world, visit):
    for name in ("www.buy.example", "Buy https://x.example", "12345", "a@b.example"):
        assert visit().post("/it/sign-up", **joining(name=name)).status_code == 422, name


def test_hostile_input_gets_a_clear_answer(world, visit):
    hostile = ("<script>alert(1)</script>", "' OR 1=1 --", "\x00", "a" * 5000, "‮abc", "../../etc")
    for text in hostile:
        for field in ("name", "email", "password", "kind", "reads", "next", "warned"):
            reply = visit().post("/it/sign-up", **joining(**{field: text}))
            assert reply.status_code in (303, 422), (field, text)
            assert "<script>alert" not in reply.get_data(as_text=True)


def test_the_link_leads_to_where_the_person_wanted_to_go(world, visit, settle, outbound):
    browser = visit()
    page = browser.get("/it/sign-up?next=/it/groups/export-e-dogane").get_data(as_text=True)
    assert 'value="/it/groups/export-e-dogane"' in page

    browser.post("/it/sign-up", **joining(next="/it/groups/export-e-dogane"))
    settle()
    reply = visit().post(letter_link(outbound, "ada@example.org", "/confirm/"))

    assert reply.location == "/it/groups/export-e-dogane"


def test_a_letter_is_in_the_language_of_the_page(world, visit, settle, outbound):
    for language, subject in {
        "it": "Conferma il tuo indirizzo e-mail",
        "en": "Confirm your e-mail address",
        "es": "Confirma tu dirección de correo",
    }.items():
        address = f"{language}@example.org"
        visit().post(f"/{language}/sign-up", **joining(email=address))
        settle()
        assert outbound.to(address)[0]["Subject"] == subject


def test_nobody_learns_by_signing_in_whether_the_address_was_free(world, visit, monkeypatch):
    tried = []
    matches = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda *given: tried.append(given) or matches(*given))
    answers = []
    for address in ("nobody@example.org", world.marta.email):
        browser = visit()
        browser.post("/it/sign-up", **joining(email=address))
        reply = browser.post("/it/sign-in", email=address, password=PASSWORD)
        answers.append((reply.status_code, without_tokens(reply.text).replace(address, "…")))
        assert browser.get("/it/settings").status_code == 303

    assert answers[0] == answers[1]
    assert answers[0][0] == 422
    assert "Apri prima il link nella nostra e-mail" in answers[0][1]
    assert len(tried) == 2, "the time tells too"


def test_who_signed_up_twice_chooses_the_password_by_the_letter(world, visit, settle, outbound):
    visit().post("/it/sign-up", **joining())
    visit().post("/it/sign-up", **joining(password=OTHER_PASSWORD))
    settle()

    letter = outbound.to("ada@example.org")[-1]
    assert "si è iscritto di nuovo" in text_of(letter)
    assert "/it/sign-in" not in text_of(letter)
    browser = visit()
    browser.post(link_in(letter, "/password/new/"), password=OTHER_PASSWORD)
    assert browser.get("/it/settings").status_code == 200
    assert member_at("ada@example.org").is_confirmed


def test_a_forgotten_form_page_leads_back_to_signing_up(world, visit):
    assert visit().get("/it/sign-up/sent").location == "/it/sign-up"


def test_a_member_of_the_cast_can_be_given_a_password(world):
    assert with_password(world.marta).password_hash != "!"
