"""Previews, names and pictures."""

import io
import re

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from officine.core import storage


def photo(size=(2400, 1800), kind="JPEG", **options):
    file = io.BytesIO()
    Image.new("RGB", size, "#a33").save(file, kind, **options)
    file.seek(0)
    return file


def exif():
    tags = Image.Exif()
    tags[0x010F] = "Camera of Marta"
    tags.get_ifd(0x8825)[1] = "N"
    return tags


def kept_picture(markdown):
    key = re.search(r"\(/files/([^)]+)\)", markdown)[1]
    return Image.open(io.BytesIO(storage.get(key)))


def test_a_preview_shows_the_text_as_it_will_be(world, visit):
    reply = visit(world.marta).htmx_post(
        "/it/preview", text="Ciao @davide-rinaldi, **ecco** <script>alert(1)</script>"
    )

    assert "<strong>ecco</strong>" in reply.text
    assert ">@Davide Rinaldi</a>" in reply.text
    assert "<script" not in reply.text and "<html" not in reply.text


def test_a_preview_says_the_language_it_recognised(world, visit):
    reply = visit(world.marta).htmx_post(
        "/it/preview", text="Nos pasó lo mismo con el cliente de la feria en marzo."
    )

    assert '<div lang="es">' in reply.text


def test_an_empty_preview_says_so(world, visit):
    assert "niente da mostrare" in visit(world.marta).htmx_post("/it/preview", text="").text


class TestNames:
    def suggested(self, browser, query):
        return re.findall(r'data-value="@([^"]+)"', browser.htmx_get(f"/it/names?{query}").text)

    def test_accents_and_surnames_do_not_matter(self, world, visit):
        browser = visit(world.marta)
        assert self.suggested(browser, "q=URÍ") == ["teresa-uribe"]
        assert self.suggested(browser, "q=tere") == ["teresa-uribe"]
        assert self.suggested(browser, "q=ribe") == []

    def test_people_of_the_topic_come_first(self, world, talk, visit):
        found = self.suggested(visit(world.marta), f"topic={talk.topic.id}&q=e")
        assert found[0] == "emma-whitcombe"
        found = self.suggested(visit(world.emma), f"topic={talk.topic.id}&q=t")
        assert found[0] == "teresa-uribe"

    def test_not_oneself_nor_who_has_not_confirmed(self, world, visit):
        assert self.suggested(visit(world.marta), "q=marta") == []
        assert self.suggested(visit(world.marta), "q=piero") == []

    def test_only_its_people_in_a_private_group(self, world, visit):
        browser = visit(world.marta)
        assert self.suggested(browser, f"group={world.famiglia.id}&q=davide") == []
        assert self.suggested(browser, f"group={world.export.id}&q=davide") == ["davide-rinaldi"]

    @pytest.mark.parametrize(
        "query", ["", "q=", "q=%25", "q=_", "topic=x&q=t", "group=99999999999"]
    )
    def test_strange_questions_get_an_answer(self, world, visit, query):
        assert visit(world.marta).htmx_get(f"/it/names?{query}").status_code == 200

    def test_visitors_do_not_list_people(self, visit):
        assert visit().get("/it/names?q=marta").status_code == 404


class TestPictures:
    def test_it_is_made_anew_smaller_and_without_its_past(self, world, visit):
        reply = visit(world.marta).post(
            "/it/pictures", picture=(photo(exif=exif()), "stampo.jpg"), alt="Uno [stampo]"
        )

        assert reply.status_code == 200
        assert reply.json["markdown"].startswith("![Uno (stampo)](/files/posts/")
        picture = kept_picture(reply.json["markdown"])
        assert picture.format == "WEBP" and max(picture.size) == 1600
        assert not picture.getexif()

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "non è un’immagine"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "non è un’immagine"),
            (b"\xff\xd8\xff\xe0 broken", "non è un’immagine"),
        ],
    )
    def test_what_is_no_picture_is_refused_with_its_reason(self, world, visit, content, words):
        reply = visit(world.marta).post(
            "/it/pictures", picture=(io.BytesIO(content), "stampo.jpg"), alt="Uno"
        )
        assert reply.status_code == 422
        assert words in reply.json["problem"]

    def test_one_that_is_too_large(self, world, visit):
        content = FileStorage(io.BytesIO(b"x" * (8 * 1024 * 1024 + 1)), "a.jpg")
        boundary, body = encode_multipart({"picture": content, "alt": "Uno"})
        reply = visit(world.marta).send(
            "/it/pictures", body, f"multipart/form-data; boundary={boundary}"
        )
        assert reply.status_code == 422
        assert "8\u00a0MB" in reply.json["problem"]

    def test_none_at_all(self, world, visit):
        assert "Prima scegli" in visit(world.marta).post("/it/pictures").json["problem"]

    def test_without_scripts_it_stands_under_the_text(self, world, talk, visit):
        reply = visit(world.marta).post(
            f"/it/topics/{talk.topic.id}/posts",
            text="Ecco lo stampo.",
            picture=(photo((40, 30), "PNG"), "a.png"),
            alt="Lo stampo",
            insert="1",
        )
        assert reply.status_code == 200
        assert re.search(r"Ecco lo stampo\.\n\n!\[Lo stampo\]\(/files/posts/", reply.text)

    def test_without_words_for_who_cannot_see_it(self, world, talk, visit):
        reply = visit(world.marta).post(
            f"/it/topics/{talk.topic.id}/posts",
            text="Ecco lo stampo.",
            picture=(photo((40, 30), "PNG"), "a.png"),
            insert="1",
        )
        assert "che cosa mostra l’immagine" in reply.text
        assert "Ecco lo stampo." in reply.text and "/files/posts/" not in reply.text
