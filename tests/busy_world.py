"""The cast after a busy week: something of everything that a page can show."""

from dataclasses import dataclass
from datetime import timedelta

from officine.blueprints.desk import commands as desk
from officine.blueprints.forum import commands as forum
from officine.blueprints.groups import commands as groups
from officine.core.clock import now
from officine.core.db import db
from officine.models import Decision, Post, Topic
from tests.world import World


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
        forum.save_draft(world.marta, "topic", topic.id, text="Aggiungo che…", at=now())
        db.session.commit()
        return cls(world, topic, sos, locked, hidden, decision)
