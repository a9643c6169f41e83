"""What people of the demo community said after an event: who came, whom they met, how it was."""

from datetime import timedelta
from typing import Any

from officine.blueprints.attendance.commands import arrive
from officine.blueprints.attendance.queries import registration_of
from officine.blueprints.followup.commands import (
    say_how_it_was,
    send_follow_up,
    tick,
    write_thanks,
)
from officine.blueprints.followup.queries import morning_after
from officine.demo.stage import Stage
from officine.models import Event, Member

AN_HOUR = timedelta(hours=1)


def look_back(event: Event, told: dict[str, Any], by: Member, stage: Stage) -> None:
    """An event that is over, as those who were there remember it."""
    if not event.is_over(stage.at):
        return
    for handle in told.get("came", ()):
        registration = registration_of(event, stage.people[handle])
        if registration is not None:
            arrive(registration, at=event.starts_at)
    for one, other in told.get("met", ()):
        tick(event, stage.people[other], by=stage.people[one], at=event.ends_at + AN_HOUR)
    write_thanks(event, told.get("thanks", {}), by=by, at=event.ends_at)
    send_follow_up(event, at=morning_after(event))
    for opinion in told.get("opinion", ()):
        registration = registration_of(event, stage.people[opinion["by"]])
        if registration is not None:
            say_how_it_was(
                registration, worth=opinion["worth"], again=opinion["again"],
                text=opinion["text"], language=opinion["language"],
                at=morning_after(event) + AN_HOUR,
            )  # fmt: skip
