"""The cast after a busy week: something of everything that a page can show."""

from dataclasses import dataclass
from datetime import timedelta

from officine.blueprints.desk import commands as desk
from officine.blueprints.forum import commands as forum
from officine.blueprints.groups import commands as groups
from officine.core.clock import now
from officine.core.db import db
from officine.models import Decision, EventQuestion, EventSession, Partner, Post, Speaker, Topic
from tests.events.making import event, going
from tests.world import World

YESTERDAY = "serata-di-ieri"
"""The address of Marta’s evening, where Teresa and Giulia were."""


@dataclass
class BusyWorld:
    """The cast, and the places that a visit of every page needs."""

    world: World
    topic: Topic
    """In “Export e dogane”: answered, thanked, solved; one post in Spanish, one edited."""
    sos: Topic
    locked: Topic
    hidden: Post
    decision: Decision

    @classmethod
    def created(cls, world: World) -> "BusyWorld":
        """Let the week pass."""
        moment = now() - timedelta(days=3)
        topic = forum.open_topic(
            world.export, by=world.marta, title="L’EORI del cliente è sbagliato", at=moment,
            text="Due casse ferme. **Chi corregge?** @davide-rinaldi",
        )  # fmt: skip
        first = forum.answer(
            topic, by=world.davide, text="Il rappresentante del cliente.", at=moment
        )
        forum.answer(
            topic, by=world.teresa, text="Nos pasó en marzo, y lo corrigió el agente.",
            language="es", at=moment,
        )  # fmt: skip
        forum.edit_post(first, by=world.davide, text="Il rappresentante, entro sera.", at=now())
        forum.thank(first, by=world.marta, at=now())
        forum.mark_answer(topic, first, by=world.marta, at=now())
        sos = forum.open_topic(
            world.energia, by=world.teresa, title="Se nos para el horno", at=now(), sos=True,
            text="¿Quién tiene un variador?",
        )  # fmt: skip
        locked = forum.open_topic(
            world.castings, by=world.emma, title="Bronze, again", at=moment, text="Closed case."
        )
        desk.lock_topic(locked, by=world.giulia, at=now(), rule="off-topic", facts="It went round.")
        hidden = forum.answer(topic, by=world.davide, text="Compratelo da me.", at=now())
        db.session.flush()
        decision = desk.hide_post(
            hidden, by=world.giulia, at=now(), rule="advertising", facts="Un’offerta non chiesta."
        )
        desk.report_post(
            first, by=world.teresa, rule="other", explanation="Non è preciso.", at=now()
        )
        groups.propose_group(
            by=world.emma, at=now(), language="en", name="Trade fairs", purpose="Which to visit.",
        )  # fmt: skip
        groups.request_to_join(world.energia, world.marta, text="Compro energia.", at=now())
        groups.invite(world.famiglia, world.teresa, by=world.marta, at=now())
        _events(world)
        forum.save_draft(world.marta, "topic", topic.id, text="Aggiungo che…", at=now())
        db.session.commit()
        return cls(world, topic, sos, locked, hidden, decision)


def _events(world: World) -> None:
    """Marta’s morning to come, which one may ask to join, and her evening that is over."""
    morning = event(
        world.marta, "Mattina in dogana", slug="mattina-in-dogana", needs_approval=True,
        titles={"en": "A morning at the customs"}, capacity=12, most_guests=2, takes_outsiders=True,
        place="Dogana di Brescia", address="Via Borgosatollo 1",
    )  # fmt: skip
    hour = timedelta(hours=1)
    db.session.add_all([
        EventQuestion(event_id=morning.id, language="it", text="Che cosa porti?"),
        EventQuestion(
            event_id=morning.id, position=2, language="it", kind="choice", text="Come arrivi?",
            choices="In treno\nIn auto",
        ),
        EventSession(
            event_id=morning.id, language="it", title="I moduli", starts_at=morning.starts_at,
            ends_at=morning.starts_at + hour, speakers=[Speaker(position=1, name="Ugo Verdi")],
        ),
        Partner(event_id=morning.id, language="it", role="sponsor", name="Spedizioni Garda"),
    ])  # fmt: skip
    going(morning, world.davide)
    evening = event(
        world.marta, "Serata di ieri", slug=YESTERDAY, starts_at=now() - timedelta(days=1, hours=2)
    )
    going(evening, world.marta, world.teresa, world.giulia)
