"""Who hears that a language has nobody."""

from datetime import datetime

from officine.blueprints.rota import queries
from officine.models.notification import notify


def tell_of_holes(at: datetime) -> None:
    """Where cases wait in a language and nobody is on duty, those who can take over hear of it,
    once a hole; of one that lasts longer than a week, once a week.
    """
    for language in queries.uncovered_languages(at):
        since = queries.hole_since(language, at)
        hole = f"{since:%Y%m%d%H%M}" if since else f"{at:%G-W%V}"
        for member in queries.who_takes_over(language, at):
            notify(member, kind=f"duty-{language}", cause=f"duty:{language}:{hole}", at=at)
