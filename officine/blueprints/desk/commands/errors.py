"""Why the desk cannot do something."""

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


class ClaimedBy(Exception):
    """A ``colleague`` has the case open: nobody else decides it meanwhile."""

    def __init__(self, colleague: Member) -> None:
        super().__init__(colleague.id)
        self.colleague = colleague


class ForManagers(Exception):
    """The case was escalated: the community manager decides it."""


class ExplanationMissing(Exception):
    """A report of this kind says what exactly and why."""


class OwnPost(Exception):
    """An editor does not decide about their own post."""


class OwnCase(Exception):
    """An editor does not decide about themselves."""


class FirstEditor(Exception):
    """The editor who took a decision does not decide the appeal against it."""


class AddressMissing(Exception):
    """Who has no account gives a name and a mail address, except for offences against minors."""


class NotInGoodFaith(Exception):
    """A report says that its author believes it to be correct and complete."""


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
