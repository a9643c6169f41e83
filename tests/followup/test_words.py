"""Every page after an event, in the pseudo-language: what nobody could translate shows."""

from officine.blueprints.followup import commands
from officine.core.clock import now
from officine.core.db import db
from tests.followup.conftest import said
from tests.inspection import parsed
from tests.translations.test_pages import (
    WORD,
    dates,
    pseudo,
    spoken,
    unmarked,
    written_by_people,
)

__all__ = ["pseudo"]
PAGE = "/en/events/export-senza-sorprese"
PAGES = {
    "emma": (PAGE, f"{PAGE}/met", f"{PAGE}/feedback", "/en/people/teresa-uribe"),
    "marta": (f"{PAGE}/figures", f"{PAGE}/follow-up"),
}


def test_no_page_after_an_event_says_what_cannot_be_translated(world, visit, yesterday, pseudo):
    for one, other in ((world.emma, world.teresa), (world.teresa, world.emma)):
        commands.tick(yesterday, other, by=one, at=now())
    commands.tick(yesterday, world.marta, by=world.emma, at=now())
    for number in range(3):
        guest = said(yesterday, f"{number}@example.com", arrived_at=yesterday.starts_at)
        commands.say_how_it_was(
            guest, worth=4, again=True, text="Meno parole.", language="it", at=now()
        )
    db.session.commit()
    theirs, allowed = written_by_people(), dates()

    left = {}
    for name, urls in PAGES.items():
        browser = visit(getattr(world, name))
        for url in urls:
            for text in unmarked(spoken(parsed(browser.get(url).text)[0])):
                words = [w for w in WORD.findall(theirs.sub(" ", text)) if w not in allowed]
                if words:
                    left[text] = url
    assert left == {}
