"""Nobody floods those who speak for a company."""

import pytest

from officine.blueprints.companies import commands
from officine.core.clock import now
from officine.core.db import db
from officine.core.limits import limiter
from officine.models import CompanyRequest


@pytest.fixture(autouse=True)
def counted(app):
    """Tries are counted, from none."""
    limiter.limiter.storage.reset()
    app.config["RATELIMIT_ENABLED"] = True
    yield
    app.config["RATELIMIT_ENABLED"] = False


def test_who_was_refused_does_not_ask_without_end(world, visit):
    davide, address = visit(world.davide), "/it/companies/colombo-tessuti/requests"
    for _time in range(3):
        assert davide.post(address, text="Lavoro qui").status_code == 303
        for asked in db.session.query(CompanyRequest):
            commands.refuse_request(asked, by=world.marta, at=now(), reason="No.")

    reply = davide.post(address, text="Lavoro davvero qui")

    assert reply.status_code == 429
    assert "Lavoro davvero qui" in reply.text
