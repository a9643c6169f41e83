"""The living page of components, and the pages that explain errors."""

import pytest

from officine.core.i18n import LANGUAGES

ERRORS = (400, 403, 404, 405, 413, 422, 429, 500, 503)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_component_can_be_seen(visit, language):
    assert visit().get(f"/{language}/style").status_code == 200


def test_outside_the_demonstration_there_is_no_such_page(visit, app):
    app.config["DEMO"] = False
    try:
        assert visit().get("/it/style").status_code == 404
        assert visit().get("/it/style/errors/403").status_code == 404
    finally:
        app.config["DEMO"] = True


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_says_what_one_can_do(visit, language, code):
    reply = visit().get(f"/{language}/style/errors/{code}")

    assert reply.status_code == code
    what_to_do = {"it": "Che cosa puoi fare", "en": "What you can do", "es": "Qué puedes hacer"}
    assert what_to_do[language] in reply.text
    assert "data-what" in reply.text
