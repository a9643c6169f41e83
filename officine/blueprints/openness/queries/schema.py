"""The DSA Transparency Database of the European Commission: the fields of a statement of reasons
and their enumerations, as its API documents them since 1 July 2025 (version 2), and what our
measures, rules and laws are in them.
"""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

FIELDS = (
    "decision_visibility", "decision_visibility_other", "end_date_visibility_restriction",
    "decision_monetary", "decision_monetary_other", "end_date_monetary_restriction",
    "decision_provision", "end_date_service_restriction",
    "decision_account", "end_date_account_restriction", "account_type",
    "decision_ground", "decision_ground_reference_url",
    "illegal_content_legal_ground", "illegal_content_explanation",
    "incompatible_content_ground", "incompatible_content_explanation",
    "incompatible_content_illegal",
    "category", "category_addition", "category_specification", "category_specification_other",
    "content_type", "content_type_other", "content_language", "content_date", "content_id",
    "territorial_scope", "application_date", "decision_facts",
    "source_type", "source_identity", "automated_detection", "automated_decision", "puid",
)  # fmt: skip

ENUMERATIONS: dict[str, tuple[str, ...]] = {
    "decision_visibility": (
        "DECISION_VISIBILITY_CONTENT_REMOVED", "DECISION_VISIBILITY_CONTENT_DISABLED",
        "DECISION_VISIBILITY_CONTENT_DEMOTED", "DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED",
        "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED",
        "DECISION_VISIBILITY_CONTENT_LABELLED", "DECISION_VISIBILITY_OTHER",
    ),
    "decision_monetary": (
        "DECISION_MONETARY_SUSPENSION", "DECISION_MONETARY_TERMINATION", "DECISION_MONETARY_OTHER",
    ),
    "decision_provision": (
        "DECISION_PROVISION_PARTIAL_SUSPENSION", "DECISION_PROVISION_TOTAL_SUSPENSION",
        "DECISION_PROVISION_PARTIAL_TERMINATION", "DECISION_PROVISION_TOTAL_TERMINATION",
    ),
    "decision_account": ("DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED"),
    "account_type": ("ACCOUNT_TYPE_BUSINESS", "ACCOUNT_TYPE_PRIVATE"),
    "decision_ground": (
        "DECISION_GROUND_ILLEGAL_CONTENT", "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    ),
    "incompatible_content_illegal": ("Yes", "No"),
    "category": (
        "STATEMENT_CATEGORY_ANIMAL_WELFARE", "STATEMENT_CATEGORY_CONSUMER_INFORMATION",
        "STATEMENT_CATEGORY_CYBER_VIOLENCE", "STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN",
        "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
        "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE", "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        "STATEMENT_CATEGORY_PROTECTION_OF_MINORS", "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY",
        "STATEMENT_CATEGORY_SCAMS_AND_FRAUD", "STATEMENT_CATEGORY_SELF_HARM",
        "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS", "STATEMENT_CATEGORY_VIOLENCE",
    ),
    # Of about seventy keywords, the ones that our rules use.
    "category_specification": (
        "KEYWORD_COPYRIGHT_INFRINGEMENT", "KEYWORD_CYBER_BULLYING_INTIMIDATION",
        "KEYWORD_GOODS_SERVICES_NOT_PERMITTED", "KEYWORD_MISSING_PROCESSING_GROUND",
        "KEYWORD_OTHER", "KEYWORD_TERRORIST_CONTENT",
    ),
    "content_type": (
        "CONTENT_TYPE_APP", "CONTENT_TYPE_AUDIO", "CONTENT_TYPE_IMAGE", "CONTENT_TYPE_PRODUCT",
        "CONTENT_TYPE_SYNTHETIC_MEDIA", "CONTENT_TYPE_TEXT", "CONTENT_TYPE_VIDEO",
        "CONTENT_TYPE_OTHER",
    ),
    "content_language": (
        "BG", "CS", "DA", "DE", "EL", "EN", "ES", "ET", "FI", "FR", "GA", "HR", "HU", "IT", "LT",
        "LV", "MT", "NL", "PL", "PT", "RO", "SK", "SL", "SV",
    ),
    "territorial_scope": (
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
        "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    ),
    "source_type": (
        "SOURCE_ARTICLE_16", "SOURCE_TRUSTED_FLAGGER", "SOURCE_TYPE_OTHER_NOTIFICATION",
        "SOURCE_VOLUNTARY",
    ),
    "automated_detection": ("Yes", "No"),
    "automated_decision": (
        "AUTOMATED_DECISION_FULLY", "AUTOMATED_DECISION_PARTIALLY",
        "AUTOMATED_DECISION_NOT_AUTOMATED",
    ),
}  # fmt: skip
LISTS = (
    "decision_visibility", "category_addition", "category_specification", "content_type",
    "territorial_scope",
)  # fmt: skip
LONGEST = {
    "decision_visibility_other": 500, "content_type_other": 500,
    "category_specification_other": 500,
    "illegal_content_legal_ground": 500, "incompatible_content_ground": 500,
    "illegal_content_explanation": 2000, "incompatible_content_explanation": 2000,
    "decision_facts": 5000, "source_identity": 500, "puid": 500,
}  # fmt: skip


@dataclass(frozen=True)
class Restriction:
    """What a measure is in the database: which of its four fields it fills, and with what."""

    field: str
    value: str
    end_date: str
    """The field that says when it ends."""
    other: Any = None
    """In words, where the enumeration has none."""


def _visibility(value: str, other: Any = None) -> Restriction:
    return Restriction(
        "decision_visibility", f"DECISION_VISIBILITY_{value}", "end_date_visibility_restriction",
        other,
    )  # fmt: skip


def _provision(value: str) -> Restriction:
    return Restriction(
        "decision_provision", f"DECISION_PROVISION_{value}", "end_date_service_restriction"
    )


def _account(value: str) -> Restriction:
    return Restriction(
        "decision_account", f"DECISION_ACCOUNT_{value}", "end_date_account_restriction"
    )


ELSEWHERE = _l("Moved to another place on the site, where everyone who could read it still can.")

RESTRICTIONS: dict[str, Restriction] = {
    "hold": _visibility("CONTENT_DISABLED"),
    "send-back": _visibility("CONTENT_DISABLED"),
    "hide": _visibility("CONTENT_DISABLED"),
    "remove": _visibility("CONTENT_REMOVED"),
    "remove-urgently": _visibility("CONTENT_REMOVED"),
    "lock": _visibility("CONTENT_INTERACTION_RESTRICTED"),
    "slow": _visibility("CONTENT_INTERACTION_RESTRICTED"),
    "move": _visibility("OTHER", ELSEWHERE),
    "split": _visibility("OTHER", ELSEWHERE),
    "merge": _visibility("OTHER", ELSEWHERE),
    "decline-group": _visibility("CONTENT_DISABLED"),
    "decline-event": _visibility("CONTENT_DISABLED"),
    "hide-question": _visibility("CONTENT_DISABLED"),
    "restrict": _provision("PARTIAL_SUSPENSION"),
    "remove-from-group": _provision("PARTIAL_TERMINATION"),
    "suspend": _account("SUSPENDED"),
    "close-account": _account("TERMINATED"),
}
"""The measures of which Article 17(1) asks a statement of reasons. A warning restricts nothing,
and a pause in reporting is not about what somebody published (Article 23(2)).
"""


@dataclass(frozen=True)
class Category:
    """What a rule is in the database."""

    category: str
    keywords: tuple[str, ...]
    sentence: Any
    """What the rule asks, for the fields in words: never what the editor wrote."""
    other: Any = None
    """What `KEYWORD_OTHER` stands for."""


OTHER = ("KEYWORD_OTHER",)

CATEGORIES: dict[str, Category] = {
    "respect": Category(
        "STATEMENT_CATEGORY_CYBER_VIOLENCE", ("KEYWORD_CYBER_BULLYING_INTIMIDATION",),
        _l("Insults, threats and mockery of people have no place on the site."),
    ),
    "advertising": Category(
        "STATEMENT_CATEGORY_OTHER_VIOLATION_TC", ("KEYWORD_GOODS_SERVICES_NOT_PERMITTED",),
        _l("Nobody offers goods or services where nobody asked for them."),
    ),
    "off-topic": Category(
        "STATEMENT_CATEGORY_OTHER_VIOLATION_TC", OTHER,
        _l("Each group has its subject: what belongs elsewhere is asked there."),
        _l("Outside the subject of the group"),
    ),
    "privacy": Category(
        "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        ("KEYWORD_MISSING_PROCESSING_GROUND",),
        _l("Other people’s private data stay out unless they agreed."),
    ),
    "copyright": Category(
        "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        ("KEYWORD_COPYRIGHT_INFRINGEMENT",),
        _l("Other people’s texts and pictures are not copied without permission."),
    ),
    "spam": Category(
        "STATEMENT_CATEGORY_OTHER_VIOLATION_TC", OTHER,
        _l("Nothing repeated, automatic or deceitful is published on the site."),
        _l("Repeated, automatic or deceitful messages"),
    ),
    "illegal": Category(
        "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", OTHER,
        _l("What breaks the law is taken down, naming the law."),
        _l("Against the law named in the legal ground"),
    ),
    "minors": Category(
        "STATEMENT_CATEGORY_PROTECTION_OF_MINORS", OTHER,
        _l("What exploits or endangers a minor is taken down at once."),
        _l("Offence against minors"),
    ),
    "terrorism": Category(
        "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY", ("KEYWORD_TERRORIST_CONTENT",),
        _l("Terrorist content is taken down within the hour."),
    ),
    "other": Category(
        "STATEMENT_CATEGORY_OTHER_VIOLATION_TC", OTHER,
        _l("The rules of the community hold for all that is published on the site."),
        _l("Another rule of the community"),
    ),
}  # fmt: skip

SOURCES = {True: "SOURCE_ARTICLE_16", False: "SOURCE_VOLUNTARY"}
"""On a report, or on our own initiative."""

LAW_PAGES = {
    "Directive 2011/93/EU": "https://eur-lex.europa.eu/eli/dir/2011/93/oj",
    "Regulation (EU) 2021/784": "https://eur-lex.europa.eu/eli/reg/2021/784/oj",
}
"""Where a law that we know by its number can be read."""

UNTOLD_LAW = _l("A law of the European Union or of a Member State")
"""Instead of a law in whose name an editor wrote more than its name."""
