"""A small cast that everyone knows, also found in the demo."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from officine.core.clock import now
from officine.core.db import db
from officine.models import Company, Group, Member, Membership

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass
class World:
    """Who is there, and where they meet."""

    marta: Member
    """An Italian entrepreneur; reads Italian and English."""
    teresa: Member
    """A Spanish entrepreneur; reads Spanish and Italian."""
    emma: Member
    """An English entrepreneur; reads English and Italian."""
    davide: Member
    """An Italian customs consultant: a supplier."""
    newcomer: Member
    """Joined today; has not confirmed the mail address."""
    giulia: Member
    """An editor; reads all three languages."""
    beatriz: Member
    """The community manager; Spanish."""
    ruth: Member
    """The administrator; English."""
    export: Group
    """“Export e dogane”: Italian, public, open. Hosted by Marta; Davide and Teresa belong."""
    energia: Group
    """“Energía e industria”: Spanish, public, by request. Hosted by Teresa."""
    castings: Group
    """“Metal & castings”: English, readable by members, open. Hosted by Emma."""
    famiglia: Group
    """“Passaggio generazionale”: Italian, private, by invitation. Hosted by Marta."""
    companies: dict[str, Company] = field(default_factory=dict)

    @classmethod
    def created(cls) -> "World":
        """Put the cast into the empty database."""
        tessuti = company("colombo-tessuti", "Colombo Tessuti", "Como", "IT", "textile", "it")
        ceramicas = company(
            "ceramicas-uribe", "Cerámicas Uribe", "Castellón", "ES", "ceramics", "es"
        )
        people = _people(tessuti, ceramicas)
        groups = _groups(people)
        db.session.add_all([*people.values(), tessuti, ceramicas, *groups.values()])
        db.session.flush()
        join(groups["export"], people["marta"], host=True)
        join(groups["export"], people["davide"])
        join(groups["export"], people["teresa"])
        join(groups["energia"], people["teresa"], host=True)
        join(groups["castings"], people["emma"], host=True)
        join(groups["famiglia"], people["marta"], host=True)
        db.session.commit()
        return cls.found()

    @classmethod
    def found(cls) -> "World":
        """The cast as it stands in the database."""
        people = {each.handle: each for each in db.session.scalars(select(Member))}
        groups = {each.slug: each for each in db.session.scalars(select(Group))}
        companies = {each.slug: each for each in db.session.scalars(select(Company))}
        return cls(
            marta=people["marta-colombo"], teresa=people["teresa-uribe"],
            emma=people["emma-whitcombe"], davide=people["davide-rinaldi"],
            newcomer=people["piero-neri"], giulia=people["giulia-serra"],
            beatriz=people["beatriz-luna"], ruth=people["ruth-adler"],
            export=groups["export-e-dogane"], energia=groups["energia-e-industria"],
            castings=groups["metal-and-castings"], famiglia=groups["passaggio-generazionale"],
            companies={
                "tessuti": companies["colombo-tessuti"],
                "ceramicas": companies["ceramicas-uribe"],
            },
        )  # fmt: skip


def _people(tessuti: Company, ceramicas: Company) -> dict[str, Member]:
    return {
        "marta": person("marta-colombo", "Marta Colombo", "it", ("it", "en"), company=tessuti),
        "teresa": person("teresa-uribe", "Teresa Uribe", "es", ("es", "it"), company=ceramicas),
        "emma": person("emma-whitcombe", "Emma Whitcombe", "en", ("en", "it")),
        "davide": person(
            "davide-rinaldi", "Davide Rinaldi", "it", ("it", "es"), kind="supplier"
        ),
        "newcomer": person("piero-neri", "Piero Neri", "it", ("it",), confirmed=False),
        "giulia": person(
            "giulia-serra", "Giulia Serra", "it", ("it", "en", "es"), role="editor",
            kind="professional",
        ),
        "beatriz": person(
            "beatriz-luna", "Beatriz Luna", "es", ("es", "en", "it"), role="manager",
            kind="professional",
        ),
        "ruth": person(
            "ruth-adler", "Ruth Adler", "en", ("en", "it", "es"), role="administrator",
            kind="professional",
        ),
    }  # fmt: skip


def _groups(people: dict[str, Member]) -> dict[str, Group]:
    return {
        "export": group("export-e-dogane", "Export e dogane", "it", people["marta"]),
        "energia": group(
            "energia-e-industria", "Energía e industria", "es", people["teresa"],
            joining="request",
        ),
        "castings": group(
            "metal-and-castings", "Metal & castings", "en", people["emma"],
            visibility="members",
        ),
        "famiglia": group(
            "passaggio-generazionale", "Passaggio generazionale", "it", people["marta"],
            visibility="private", joining="invitation",
        ),
    }  # fmt: skip


def company(slug: str, name: str, place: str, country: str, sector: str, language: str) -> Company:
    """A company with what every company has."""
    return Company(
        slug=slug, name=name, place=place, country=country, sector=sector, size="10-49",
        founded=1974, languages=(language,), language=language, created_at=now(),
    )  # fmt: skip


def person(
    handle: str,
    name: str,
    language: str,
    reads: tuple[str, ...],
    *,
    kind: str = "entrepreneur",
    role: str = "member",
    company: Company | None = None,
    confirmed: bool = True,
) -> Member:
    """A member with what every member has."""
    joined = now() - timedelta(days=200)
    return Member(
        handle=handle,
        name=name,
        email=f"{handle}@example.org",
        password_hash="!",
        kind=kind,
        role=role,
        interface_language=language,
        reads=reads,
        profile_language=language,
        joined_at=joined,
        consented_at=joined,
        confirmed_at=joined if confirmed else None,
        company=company,
        shown_to={},
    )


def group(
    slug: str,
    name: str,
    language: str,
    creator: Member,
    *,
    visibility: str = "public",
    joining: str = "open",
) -> Group:
    """An open group."""
    moment = now() - timedelta(days=100)
    return Group(
        slug=slug, name=name, language=language, purpose=f"{name}.", sectors=("trade",),
        visibility=visibility, joining=joining, created_at=moment, opened_at=moment,
        created_by=creator,
    )  # fmt: skip


def join(group: Group, member: Member, *, host: bool = False) -> None:
    """Make somebody a member of a group."""
    db.session.add(
        Membership(group_id=group.id, member_id=member.id, is_host=host, joined_at=group.created_at)
    )
    group.members_count = (group.members_count or 0) + 1
