"""The command that a mail server hands answers to."""

import sys

import click

from officine.cli.application import application

# What sendmail and its heirs understand (sysexits.h).
DATA_ERROR, NO_SUCH_USER, UNAVAILABLE = 65, 67, 69


@click.command()
@click.option("--to", "sent_to", default="", help="The address of the envelope, if it is known.")
def receive(sent_to: str) -> None:
    """Take a calendar’s answer to an invitation: one mail, on standard input."""
    with application():
        from officine.blueprints.calendars import jobs
        from officine.blueprints.calendars.notices import (
            NO_ANSWER,
            NOT_OURS,
            NOT_POSSIBLE,
            refusal,
        )
        from officine.core.clock import now
        from officine.core.db import db
        from officine.lib.ical.replies import NoAnswer

        data = sys.stdin.buffer.read(jobs.LARGEST + 1)
        try:
            outcome = jobs.receive(data, at=now(), sent_to=sent_to).outcome
        except NoAnswer as error:
            _refuse(f"{refusal(NO_ANSWER)} ({error})", DATA_ERROR)
        except jobs.NotOurs:
            _refuse(refusal(NOT_OURS), NO_SUCH_USER)
        except jobs.NotPossible as error:
            _refuse(refusal(NOT_POSSIBLE, error.registration), UNAVAILABLE)
        else:
            db.session.commit()
            jobs.log.info("answer received", outcome=outcome)


def _refuse(sentence: str, code: int) -> None:
    """The sentence goes back to whoever wrote; nothing of what they wrote goes into the log."""
    from officine.blueprints.calendars.jobs import log

    log.warning("answer refused", code=code)
    click.echo(sentence, err=True)
    sys.exit(code)
