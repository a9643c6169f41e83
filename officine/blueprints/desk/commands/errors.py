"""Why the desk cannot do something."""

from officine.core.permission import Refusal
from officine.models import Appeal, Decision, Member, Report


class AlreadyReported(Exception):
    """The person has reported this; ``report`` is what they said then."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.id)
        self.report = report


class AlreadyDecided(Exception):
    """A colleague was faster; ``decision`` is theirs, None where the matter vanished."""

    def __init__(self, decision: Decision | None) -> None:
        super().__init__(decision and decision.id)
        self.decision = decision


class TextChanged(Exception):
    """The author has changed the words that were to be decided about."""


class ClaimedBy(Exception):
    """A ``colleague`` has the case open: nobody else decides it meanwhile."""

    def __init__(self, colleague: Member) -> None:
        super().__init__(colleague.id)
        self.colleague = colleague


class ForManagers(Exception):
    """The case was escalated: the community manager decides it."""


class ExplanationMissing(Exception):
    """A report of this kind says what exactly and why."""


class MayNotSanction(Exception):
    """This editor does not decide about this person; ``refusal`` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


class WouldPublish(Exception):
    """In the other group people would read it who may not read it here; a manager confirms."""


class CannotSplit(Exception):
    """These posts cannot be a topic: none, without a title, the one that opens it, or one that
    readers do not see would open the new one.
    """


class CannotMerge(Exception):
    """These two cannot be one topic."""


class OwnPost(Exception):
    """An editor does not decide about their own post."""


class OwnCase(Exception):
    """An editor does not decide about themselves."""


class FirstEditor(Exception):
    """The editor who took a decision does not decide the appeal against it."""


class AddressMissing(Exception):
    """Who has no account gives a name and a mail address, except for offences against minors."""


class CannotAppeal(Exception):
    """There is nothing to appeal against, or no time left; ``why`` says so."""

    def __init__(self, why: object) -> None:
        super().__init__(str(why))
        self.why = why


class AlreadyAppealed(Exception):
    """The person has appealed against this; ``appeal`` is what they said then."""

    def __init__(self, appeal: Appeal) -> None:
        super().__init__(appeal.id)
        self.appeal = appeal
