"""Open the doors

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from officine.core.audit import guard

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("first_wrong", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_check")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_by", ["by_id", "act", "at"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "company",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("size", sa.String(length=10), nullable=False),
        sa.Column("founded", sa.Integer(), nullable=True),
        sa.Column("languages", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("logo_key", sa.String(length=200), nullable=True),
        sa.Column("tagline", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("about_html", sa.Text(), nullable=False),
        sa.Column("offers", sa.Text(), nullable=False),
        sa.Column("seeks", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("slug", name=op.f("uq_company_slug")),
    )
    op.create_table(
        "content_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_version")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('legal', 'welcome', 'reason', 'words', 'announcement')",
            name=op.f("ck_document_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_document_kind")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "index_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(length=20), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_note")),
    )
    with op.batch_alter_table("index_note", schema=None) as batch_op:
        batch_op.create_index("ix_index_note_waiting", ["written_at", "id"], unique=False)

    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("to_name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("attachment_key", sa.String(length=200), nullable=True),
        sa.Column("attachment_name", sa.String(length=120), nullable=True),
        sa.Column("calendar", sa.Text(), nullable=True),
        sa.Column("code", sa.String(length=500), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_mail_key")),
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index("ix_mail_waiting", ["sent_at", "next_attempt_at"], unique=False)

    op.create_table(
        "old_address",
        sa.Column("noun", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("noun", "slug", name=op.f("pk_old_address")),
    )
    op.create_table(
        "recorded_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recorded_event")),
    )
    with op.batch_alter_table("recorded_event", schema=None) as batch_op:
        batch_op.create_index(
            "ix_recorded_event_waiting", ["settled_at", "next_attempt_at"], unique=False
        )

    op.create_table(
        "finished_reaction",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("reaction", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["recorded_event.id"],
            name=op.f("fk_finished_reaction_event_id_recorded_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "reaction", name=op.f("pk_finished_reaction")),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("interface_language", sa.String(length=8), nullable=False),
        sa.Column("reads", sa.String(length=200), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("photo_key", sa.String(length=200), nullable=True),
        sa.Column("job", sa.String(length=80), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("company_name", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("profile_language", sa.String(length=8), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("about_html", sa.Text(), nullable=False),
        sa.Column("offers", sa.Text(), nullable=False),
        sa.Column("seeks", sa.Text(), nullable=False),
        sa.Column("shown_to", sa.JSON(), nullable=False),
        sa.Column("mail_answers", sa.Boolean(), nullable=False),
        sa.Column("mail_mentions", sa.Boolean(), nullable=False),
        sa.Column("mail_interviews", sa.Boolean(), nullable=False),
        sa.Column("mail_events", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('entrepreneur', 'professional', 'supplier')", name=op.f("ck_member_kind")
        ),
        sa.CheckConstraint(
            "role IN ('member', 'editor', 'manager', 'administrator')", name=op.f("ck_member_role")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
            name=op.f("fk_member_company_id_company"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("email", name=op.f("uq_member_email")),
        sa.UniqueConstraint("handle", name=op.f("uq_member_handle")),
    )
    op.create_table(
        "calendar_address",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_calendar_address_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("key", name=op.f("uq_calendar_address_key")),
    )
    op.create_table(
        "company_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "accepted IS NOT FALSE OR reason <> ''",
            name=op.f("ck_company_request_refused_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["member.id"], name=op.f("fk_company_request_answered_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
            name=op.f("fk_company_request_company_id_company"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_company_request_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_request")),
    )
    with op.batch_alter_table("company_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_company_request_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            "ix_company_request_waiting", ["company_id", "answered_at"], unique=False
        )

    op.create_table(
        "dismissal",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_dismissal_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_dismissal_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "member_id", name=op.f("pk_dismissal")),
    )
    with op.batch_alter_table("dismissal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dismissal_member_id"), ["member_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_draft_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "place", name=op.f("pk_draft")),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("significant", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_edition_by_id_member")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_edition_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint(
            "document_id", "language", "number", name=op.f("uq_edition_document_id")
        ),
    )
    op.create_table(
        "event_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=300), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["member.id"], name=op.f("fk_event_series_created_by_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_series")),
    )
    op.create_table(
        "group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("purpose", sa.String(length=240), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_html", sa.Text(), nullable=False),
        sa.Column("sectors", sa.String(length=200), nullable=False),
        sa.Column("cover_key", sa.String(length=200), nullable=True),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("joining", sa.String(length=12), nullable=False),
        sa.Column("approves", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("members_count", sa.Integer(), nullable=False),
        sa.Column("topics_count", sa.Integer(), nullable=False),
        sa.Column("last_post_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "approves IN ('none', 'newcomers', 'all')", name=op.f("ck_group_approves")
        ),
        sa.CheckConstraint(
            "joining IN ('open', 'request', 'invitation')", name=op.f("ck_group_joining")
        ),
        sa.CheckConstraint(
            "visibility IN ('public', 'members', 'private')", name=op.f("ck_group_visibility")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["member.id"], name=op.f("fk_group_created_by_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group")),
        sa.UniqueConstraint("slug", name=op.f("uq_group_slug")),
    )
    with op.batch_alter_table("group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_language"), ["language"], unique=False)

    op.create_table(
        "interest",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_interest_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", "noun", "name", name=op.f("pk_interest")),
    )
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.create_index("ix_interest_of", ["noun", "name"], unique=False)

    op.create_table(
        "leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_leave_days")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_leave_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    with op.batch_alter_table("leave", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leave_member_id"), ["member_id"], unique=False)

    op.create_table(
        "picture",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["kept_by_id"], ["member.id"], name=op.f("fk_picture_kept_by_id_member")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_picture")),
    )
    with op.batch_alter_table("picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_kept_by_id"), ["kept_by_id"], unique=False)

    op.create_table(
        "screening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_posts", sa.Integer(), nullable=False),
        sa.Column("newcomer_posts", sa.Integer(), nullable=False),
        sa.Column("most_links", sa.Integer(), nullable=False),
        sa.Column("most_posts", sa.Integer(), nullable=False),
        sa.Column("within_minutes", sa.Integer(), nullable=False),
        sa.Column("most_points", sa.Integer(), nullable=False),
        sa.Column("old_hours", sa.Integer(), nullable=False),
        sa.Column("sos_minutes", sa.Integer(), nullable=False),
        sa.Column("unanswered_hours", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_screening_one_row")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["member.id"], name=op.f("fk_screening_changed_by_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening")),
    )
    op.create_table(
        "shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("languages", sa.String(length=200), nullable=False),
        sa.CheckConstraint("length(languages) > 0", name=op.f("ck_shift_languages")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_shift_weekday")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_shift_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
    )
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shift_member_id"), ["member_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=120), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_sign_in_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_member_id"), ["member_id"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_ticket_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_ticket_token_hash")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_member_id"), ["member_id"], unique=False)

    op.create_table(
        "calendar_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found", sa.Text(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_calendar_source_name")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_calendar_source_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group.id"],
            name=op.f("fk_calendar_source_group_id_group"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_source")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group.id"],
            name=op.f("fk_invitation_group_id_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["member.id"], name=op.f("fk_invitation_invited_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_invitation_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("group_id", "member_id", name=op.f("uq_invitation_group_id")),
    )
    op.create_table(
        "join_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "accepted IS NOT FALSE OR reason <> ''",
            name=op.f("ck_join_request_refused_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["member.id"], name=op.f("fk_join_request_answered_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group.id"],
            name=op.f("fk_join_request_group_id_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_join_request_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_request")),
    )
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.create_index("ix_join_request_waiting", ["group_id", "answered_at"], unique=False)

    op.create_table(
        "membership",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("is_host", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group.id"],
            name=op.f("fk_membership_group_id_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_membership_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "member_id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_member_id"), ["member_id"], unique=False)

    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("is_sos", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_post_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("posts_count", sa.Integer(), nullable=False),
        sa.Column("first_answer_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_parted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_topic_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("fk_topic_group_id_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
    )
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topic_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_topic_group_opened", ["group_id", "opened_at"], unique=False)
        batch_op.create_index("ix_topic_group_recent", ["group_id", "last_post_at"], unique=False)
        batch_op.create_index("ix_topic_recent", ["last_post_at"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=255), nullable=False),
        sa.Column("slug", sa.String(length=90), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("spoken", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=240), nullable=False),
        sa.Column("town", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("map_key", sa.String(length=200), nullable=True),
        sa.Column("is_online", sa.Boolean(), nullable=False),
        sa.Column("room_url", sa.String(length=500), nullable=False),
        sa.Column("picture_key", sa.String(length=200), nullable=True),
        sa.Column("is_free", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("seats_taken", sa.Integer(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("most_guests", sa.Integer(), nullable=False),
        sa.Column("takes_outsiders", sa.Boolean(), nullable=False),
        sa.Column("offer_hours", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("postponed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("series_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_apart", sa.Boolean(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_uid", sa.String(length=300), nullable=True),
        sa.Column("source_said", sa.Text(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)", name=op.f("ck_event_cancelled")
        ),
        sa.CheckConstraint(
            "audience <> 'group' OR group_id IS NOT NULL", name=op.f("ck_event_group")
        ),
        sa.CheckConstraint(
            "audience IN ('public', 'members', 'group')", name=op.f("ck_event_audience")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'proposed', 'published', 'cancelled')", name=op.f("ck_event_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('published', 'cancelled') OR published_at IS NOT NULL",
            name=op.f("ck_event_published"),
        ),
        sa.CheckConstraint(
            "capacity IS NULL OR seats_taken <= capacity", name=op.f("ck_event_never_overfull")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_event_ends_after_it_starts")),
        sa.CheckConstraint("seats_taken >= 0", name=op.f("ck_event_seats")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["member.id"], name=op.f("fk_event_created_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("fk_event_group_id_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["event_series.id"],
            name=op.f("fk_event_series_id_event_series"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["calendar_source.id"],
            name=op.f("fk_event_source_id_calendar_source"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_event_topic_id_topic"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("series_id", "series_date", name=op.f("uq_event_series_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
        sa.UniqueConstraint("source_id", "source_uid", name=op.f("uq_event_source_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_event_uid")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_series_id"), ["series_id"], unique=False)
        batch_op.create_index("ix_event_when", ["state", "starts_at"], unique=False)

    op.create_table(
        "follow",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_follow_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_follow_topic_id_topic"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("topic_id", "member_id", name=op.f("pk_follow")),
    )
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_member_id"), ["member_id"], unique=False)

    op.create_table(
        "highlight",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(length=240), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_highlight_by_id_member")),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_highlight_topic_id_topic"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("topic_id", name=op.f("pk_highlight")),
    )
    with op.batch_alter_table("highlight", schema=None) as batch_op:
        batch_op.create_index("ix_highlight_until", ["until"], unique=False)

    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("guest_name", sa.String(length=120), nullable=False),
        sa.Column("guest_id", sa.Integer(), nullable=True),
        sa.Column("guest_email", sa.String(length=254), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("sectors", sa.String(length=200), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("poster_key", sa.String(length=200), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("questions_token", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(stage = 'published') = (published_at IS NOT NULL AND withdrawn_at IS NULL)",
            name=op.f("ck_interview_published"),
        ),
        sa.CheckConstraint(
            "(stage = 'withdrawn') = (withdrawn_at IS NOT NULL)",
            name=op.f("ck_interview_withdrawn"),
        ),
        sa.CheckConstraint(
            "stage <> 'scheduled' OR publish_at IS NOT NULL", name=op.f("ck_interview_scheduled")
        ),
        sa.CheckConstraint(
            "stage IN ('idea', 'questions', 'recorded', 'editing', 'captions', 'review', 'scheduled', 'published', 'withdrawn')",
            name=op.f("ck_interview_stage"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
            name=op.f("fk_interview_company_id_company"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["guest_id"], ["member.id"], name=op.f("fk_interview_guest_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["member.id"], name=op.f("fk_interview_owner_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["topic.id"],
            name=op.f("fk_interview_topic_id_topic"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sa.UniqueConstraint("questions_token", name=op.f("uq_interview_questions_token")),
        sa.UniqueConstraint("slug", name=op.f("uq_interview_slug")),
    )
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.create_index("ix_interview_published", ["stage", "published_at"], unique=False)

    op.create_table(
        "pin",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_pin_by_id_member")),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_pin_topic_id_topic"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("topic_id", name=op.f("pk_pin")),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("thanks_count", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_token", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(number IS NULL) = (published_at IS NULL)", name=op.f("ck_post_numbered")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_post_author_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_post_topic_id_topic"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("author_id", "form_token", name=op.f("uq_post_author_id")),
        sa.UniqueConstraint("topic_id", "number", name=op.f("uq_post_topic_id")),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_post_author_written", ["author_id", "written_at"], unique=False)

    op.create_table(
        "read_mark",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_read_mark_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_read_mark_topic_id_topic"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "topic_id", name=op.f("pk_read_mark")),
    )
    with op.batch_alter_table("read_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_read_mark_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_answer_by_id_member")),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_answer_post_id_post"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_answer_topic_id_topic"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("topic_id", name=op.f("pk_answer")),
    )
    op.create_table(
        "caption_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'working', 'done', 'failed')", name=op.f("ck_caption_draft_state")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_caption_draft_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_caption_draft_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caption_draft")),
    )
    with op.batch_alter_table("caption_draft", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_caption_draft_interview_id"), ["interview_id"], unique=False
        )

    op.create_table(
        "caption_track",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("is_draft", sa.Boolean(), nullable=False),
        sa.Column("translator", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_caption_track_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caption_track")),
        sa.UniqueConstraint("interview_id", "language", name=op.f("uq_caption_track_interview_id")),
    )
    op.create_table(
        "chapter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("starts_ms", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_chapter_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_chapter_topic_id_topic"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chapter")),
        sa.UniqueConstraint("interview_id", "starts_ms", name=op.f("uq_chapter_interview_id")),
    )
    with op.batch_alter_table("chapter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chapter_interview_id"), ["interview_id"], unique=False)

    op.create_table(
        "checklist_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=240), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["member.id"], name=op.f("fk_checklist_item_done_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_checklist_item_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_item")),
    )
    with op.batch_alter_table("checklist_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_checklist_item_interview_id"), ["interview_id"], unique=False
        )

    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_correction_by_id_member")),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_correction_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_correction_interview_id"), ["interview_id"], unique=False
        )

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=10), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("law", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=True),
        sa.Column("reason_revision", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_report", sa.Boolean(), nullable=False),
        sa.Column("detected_automatically", sa.Boolean(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appealable_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("affected_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "ground <> 'law' OR length(trim(law)) > 0", name=op.f("ck_decision_which_law")
        ),
        sa.CheckConstraint("ground IN ('community', 'law')", name=op.f("ck_decision_ground")),
        sa.CheckConstraint(
            "measure = 'approve' OR length(trim(facts)) > 0", name=op.f("ck_decision_facts")
        ),
        sa.CheckConstraint(
            "measure IN ('hold', 'send-back', 'hide', 'remove', 'remove-urgently', 'lock', 'slow', 'restrict', 'suspend', 'restrict-reports', 'move', 'split', 'merge', 'warn', 'close-account', 'remove-from-group', 'decline-group', 'decline-event', 'hide-question', 'approve', 'show', 'unlock', 'unslow', 'lift', 'dismiss', 'uphold', 'reverse', 'escalate')",
            name=op.f("ck_decision_measure"),
        ),
        sa.CheckConstraint(
            "measure NOT IN ('hold', 'send-back', 'hide', 'remove', 'remove-urgently', 'lock', 'slow', 'restrict', 'suspend', 'restrict-reports', 'move', 'split', 'merge', 'warn', 'close-account', 'remove-from-group', 'decline-group', 'decline-event', 'hide-question', 'dismiss') OR appealable_until IS NOT NULL",
            name=op.f("ck_decision_appealable"),
        ),
        sa.CheckConstraint(
            "measure NOT IN ('slow', 'restrict', 'suspend', 'restrict-reports') OR until IS NOT NULL",
            name=op.f("ck_decision_ends"),
        ),
        sa.CheckConstraint(
            "rule IN ('respect', 'advertising', 'off-topic', 'privacy', 'copyright', 'spam', 'illegal', 'minors', 'terrorism', 'other')",
            name=op.f("ck_decision_rule"),
        ),
        sa.CheckConstraint("automatic OR by_id IS NOT NULL", name=op.f("ck_decision_by_somebody")),
        sa.CheckConstraint("length(trim(territory)) > 0", name=op.f("ck_decision_territory")),
        sa.ForeignKeyConstraint(
            ["affected_id"], ["member.id"], name=op.f("fk_decision_affected_id_member")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_decision_by_id_member")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("fk_decision_group_id_group"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_decision_post_id_post"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["decision.id"], name=op.f("fk_decision_reverses_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_decision_topic_id_topic"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("id", "measure", name=op.f("uq_decision_id")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_affected_id"), ["affected_id"], unique=False)
        batch_op.create_index("ix_decision_at", ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_decision_group", ["group_id", "measure", "at"], unique=False)
        batch_op.create_index("ix_decision_post", ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_question_id"), ["question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_reverses_id"), ["reverses_id"], unique=False)
        batch_op.create_index("ix_decision_topic", ["topic_id"], unique=False)

    op.create_table(
        "event_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("along_with_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("was_starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_place", sa.String(length=400), nullable=False),
        sa.CheckConstraint(
            "kind IN ('moved', 'place', 'postponed', 'cancelled')",
            name=op.f("ck_event_change_kind"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('postponed', 'cancelled') OR length(reason) > 0",
            name=op.f("ck_event_change_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["along_with_id"],
            ["event_change.id"],
            name=op.f("fk_event_change_along_with_id_event_change"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_event_change_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_event_change_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_change")),
    )
    with op.batch_alter_table("event_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_event_change_along_with_id"), ["along_with_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_event_change_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('photo', 'slides', 'recording', 'link')", name=op.f("ck_event_material_kind")
        ),
        sa.CheckConstraint(
            "key IS NOT NULL OR interview_id IS NOT NULL OR length(url) > 0",
            name=op.f("ck_event_material_something"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_event_material_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_event_material_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_event_material_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_material")),
    )
    with op.batch_alter_table("event_material", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_material_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=240), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('line', 'choice', 'yes-no')", name=op.f("ck_event_question_kind")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_event_question_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_question")),
    )
    with op.batch_alter_table("event_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_question_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spoken", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_at > starts_at", name=op.f("ck_event_session_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_event_session_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_session")),
    )
    with op.batch_alter_table("event_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_session_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_text",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("price", sa.String(length=240), nullable=False),
        sa.Column("picture_alt", sa.String(length=240), nullable=False),
        sa.Column("translator", sa.String(length=120), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_event_text_by_id_member")),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_event_text_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "language", name=op.f("pk_event_text")),
    )
    op.create_table(
        "follow_up",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_follow_up_by_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_follow_up_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_follow_up")),
    )
    op.create_table(
        "follow_up_text",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["member.id"],
            name=op.f("fk_follow_up_text_by_id_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_follow_up_text_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "language", name=op.f("pk_follow_up_text")),
    )
    op.create_table(
        "interview_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_interview_note_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_interview_note_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_note")),
    )
    with op.batch_alter_table("interview_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interview_note_interview_id"), ["interview_id"], unique=False
        )

    op.create_table(
        "interview_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_interview_question_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_question")),
    )
    with op.batch_alter_table("interview_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interview_question_interview_id"), ["interview_id"], unique=False
        )

    op.create_table(
        "interview_text",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("standfirst", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("translator", sa.String(length=120), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_interview_text_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_interview_text_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("interview_id", "language", name=op.f("pk_interview_text")),
    )
    op.create_table(
        "mention",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_mention_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_mention_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "member_id", name=op.f("pk_mention")),
    )
    op.create_table(
        "met_tick",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("by_id <> other_id", name=op.f("ck_met_tick_not_oneself")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_met_tick_by_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_met_tick_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["member.id"],
            name=op.f("fk_met_tick_other_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "by_id", "other_id", name=op.f("pk_met_tick")),
    )
    with op.batch_alter_table("met_tick", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_met_tick_other_id"), ["other_id"], unique=False)

    op.create_table(
        "organiser",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_organiser_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_organiser_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "member_id", name=op.f("pk_organiser")),
    )
    with op.batch_alter_table("organiser", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organiser_member_id"), ["member_id"], unique=False)

    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("mark_key", sa.String(length=200), nullable=True),
        sa.Column("offer", sa.String(length=500), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role IN ('organiser', 'partner', 'sponsor')", name=op.f("ck_partner_role")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
            name=op.f("fk_partner_company_id_company"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_partner_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
    )
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_event_id"), ["event_id"], unique=False)

    op.create_table(
        "post_picture",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["key"], ["picture.key"], name=op.f("fk_post_picture_key_picture"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_post_picture_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "key", name=op.f("pk_post_picture")),
    )
    with op.batch_alter_table("post_picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_picture_key"), ["key"], unique=False)

    op.create_table(
        "post_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_post_revision_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_post_revision_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_revision")),
    )
    with op.batch_alter_table("post_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_revision_post_id"), ["post_id"], unique=False)

    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply", sa.String(length=8), nullable=False),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("guest_names", sa.String(length=500), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offer_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reply_stamp", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_guests", sa.Integer(), nullable=False),
        sa.Column("scan", sa.String(length=40), nullable=True),
        sa.Column("is_walk_in", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(reply = 'offered') = (offer_ends_at IS NOT NULL)", name=op.f("ck_registration_offer")
        ),
        sa.CheckConstraint(
            "reply <> 'waiting' OR waiting_since IS NOT NULL",
            name=op.f("ck_registration_place_in_the_list"),
        ),
        sa.CheckConstraint(
            "reply IN ('invited', 'unproven', 'asked', 'going', 'maybe', 'waiting', 'offered', 'no', 'refused')",
            name=op.f("ck_registration_reply"),
        ),
        sa.CheckConstraint("guests >= 0", name=op.f("ck_registration_guests")),
        sa.CheckConstraint(
            "member_id IS NOT NULL OR length(name) > 0", name=op.f("ck_registration_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_registration_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["member.id"],
            name=op.f("fk_registration_invited_by_id_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_registration_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("code", name=op.f("uq_registration_code")),
        sa.UniqueConstraint("event_id", "email", name="uq_registration_email"),
        sa.UniqueConstraint("event_id", "member_id", name=op.f("uq_registration_event_id")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(
            "ix_registration_list", ["event_id", "reply", "waiting_since"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_registration_member_id"), ["member_id"], unique=False)

    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("terms", sa.Integer(), nullable=False),
        sa.Column("purposes", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=240), nullable=False),
        sa.Column("signature", sa.String(length=120), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pdf_key", sa.String(length=200), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why_withdrawn", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "signed_at IS NULL OR (length(name) > 0 AND length(address) > 0 AND length(signature) > 0)",
            name=op.f("ck_release_signed"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["member.id"], name=op.f("fk_release_asked_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_release_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("token", name=op.f("uq_release_token")),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_interview_id"), ["interview_id"], unique=False)

    op.create_table(
        "thanks",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_thanks_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_thanks_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "member_id", name=op.f("pk_thanks")),
    )
    with op.batch_alter_table("thanks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thanks_member_id"), ["member_id"], unique=False)

    op.create_table(
        "upload",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_upload_by_id_member")),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_upload_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_interview_id"), ["interview_id"], unique=False)

    op.create_table(
        "video",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("next_for_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("why_refused", sa.Text(), nullable=False),
        sa.Column("source_key", sa.String(length=200), nullable=True),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("outside", sa.String(length=10), nullable=True),
        sa.Column("outside_url", sa.String(length=500), nullable=True),
        sa.Column("folder", sa.String(length=80), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("has_sound", sa.Boolean(), nullable=False),
        sa.Column("container", sa.String(length=10), nullable=True),
        sa.Column("rate", sa.String(length=20), nullable=True),
        sa.Column("light", sa.String(length=3), nullable=True),
        sa.Column("posters", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("light IS NULL OR light IN ('pq', 'hlg')", name=op.f("ck_video_light")),
        sa.CheckConstraint(
            "outside IS NULL OR outside IN ('youtube', 'vimeo', 'peertube')",
            name=op.f("ck_video_outside"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'working', 'ready', 'failed', 'refused')",
            name=op.f("ck_video_state"),
        ),
        sa.CheckConstraint(
            "(interview_id IS NULL) <> (next_for_id IS NULL)", name=op.f("ck_video_one_place")
        ),
        sa.CheckConstraint(
            "(outside IS NULL) = (outside_url IS NULL)", name=op.f("ck_video_outside_address")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_video_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["next_for_id"],
            ["interview.id"],
            name=op.f("fk_video_next_for_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_video")),
        sa.UniqueConstraint("folder", name=op.f("uq_video_folder")),
        sa.UniqueConstraint("interview_id", name=op.f("uq_video_interview_id")),
        sa.UniqueConstraint("next_for_id", name=op.f("uq_video_next_for_id")),
    )
    op.create_table(
        "caption_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_caption_edit_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["caption_track.id"],
            name=op.f("fk_caption_edit_track_id_caption_track"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caption_edit")),
    )
    with op.batch_alter_table("caption_edit", schema=None) as batch_op:
        batch_op.create_index("ix_caption_edit_track", ["track_id", "by_id", "id"], unique=False)

    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(claimed_by_id IS NULL) = (claimed_at IS NULL)", name=op.f("ck_case_claimed")
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by_id"], ["member.id"], name=op.f("fk_case_claimed_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_case_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("fk_case_group_id_group"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_case_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_case_queue", ["closed_at", "due_at"], unique=False)
        batch_op.create_index("ix_case_subject", ["subject", "subject_id"], unique=False)
        batch_op.create_index(
            "uq_case_open",
            ["kind", "subject", "subject_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "chapter_title",
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chapter_id"],
            ["chapter.id"],
            name=op.f("fk_chapter_title_chapter_id_chapter"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chapter_id", "language", name=op.f("pk_chapter_title")),
    )
    op.create_table(
        "cue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("starts_ms", sa.Integer(), nullable=False),
        sa.Column("ends_ms", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("settings", sa.String(length=120), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("source_text", sa.Text(), nullable=False),
        sa.CheckConstraint("starts_ms >= 0 AND ends_ms > starts_ms", name=op.f("ck_cue_times")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["cue.id"], name=op.f("fk_cue_source_id_cue"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["caption_track.id"],
            name=op.f("fk_cue_track_id_caption_track"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cue")),
    )
    with op.batch_alter_table("cue", schema=None) as batch_op:
        batch_op.create_index("ix_cue_track", ["track_id", "starts_ms"], unique=False)

    op.create_table(
        "event_question_text",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=240), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["event_question.id"],
            name=op.f("fk_event_question_text_question_id_event_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", "language", name=op.f("pk_event_question_text")),
    )
    op.create_table(
        "event_session_text",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["event_session.id"],
            name=op.f("fk_event_session_text_session_id_event_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "language", name=op.f("pk_event_session_text")),
    )
    op.create_table(
        "feedback",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("worth", sa.Integer(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("worth BETWEEN 1 AND 5", name=op.f("ck_feedback_worth")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_feedback_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_feedback_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_feedback")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_event_id"), ["event_id"], unique=False)

    op.create_table(
        "hiding",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("answer_by_id", sa.Integer(), nullable=True),
        sa.Column("answer_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "measure IN ('hold', 'send-back', 'hide', 'remove', 'remove-urgently')",
            name=op.f("ck_hiding_measure"),
        ),
        sa.ForeignKeyConstraint(
            ["answer_by_id"], ["member.id"], name=op.f("fk_hiding_answer_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id", "measure"],
            ["decision.id", "decision.measure"],
            name=op.f("fk_hiding_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_hiding_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_hiding")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_hiding_decision_id")),
    )
    op.create_table(
        "lock",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.CheckConstraint("measure = 'lock'", name=op.f("ck_lock_measure")),
        sa.ForeignKeyConstraint(
            ["decision_id", "measure"],
            ["decision.id", "decision.measure"],
            name=op.f("fk_lock_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_lock_topic_id_topic"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("topic_id", name=op.f("pk_lock")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_lock_decision_id")),
    )
    op.create_table(
        "merged_topic",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_merged_topic_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"],
            ["topic.id"],
            name=op.f("fk_merged_topic_into_id_topic"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["topic.id"],
            name=op.f("fk_merged_topic_topic_id_topic"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("topic_id", name=op.f("pk_merged_topic")),
    )
    with op.batch_alter_table("merged_topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merged_topic_into_id"), ["into_id"], unique=False)

    op.create_table(
        "partner_text",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("offer", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_partner_text_partner_id_partner"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("partner_id", "language", name=op.f("pk_partner_text")),
    )
    op.create_table(
        "pending_edit",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("measure = 'hold'", name=op.f("ck_pending_edit_measure")),
        sa.ForeignKeyConstraint(
            ["decision_id", "measure"],
            ["decision.id", "decision.measure"],
            name=op.f("fk_pending_edit_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_pending_edit_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_pending_edit")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_pending_edit_decision_id")),
    )
    op.create_table(
        "reader_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answer_html", sa.Text(), nullable=False),
        sa.Column("answer_language", sa.String(length=8), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hiding_id", sa.Integer(), nullable=True),
        sa.Column("hiding_measure", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "hiding_measure = 'hide-question'", name=op.f("ck_reader_question_hiding")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_reader_question_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["hiding_id", "hiding_measure"],
            ["decision.id", "decision.measure"],
            name=op.f("fk_reader_question_hiding_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_reader_question_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_question")),
    )
    with op.batch_alter_table("reader_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reader_question_interview_id"), ["interview_id"], unique=False
        )

    op.create_table(
        "rearrangement",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("posts", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(measure = 'move') = (other_id IS NULL)", name=op.f("ck_rearrangement_where")
        ),
        sa.CheckConstraint(
            "measure IN ('move', 'split', 'merge')", name=op.f("ck_rearrangement_measure")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id", "measure"],
            ["decision.id", "decision.measure"],
            name=op.f("fk_rearrangement_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group.id"],
            name=op.f("fk_rearrangement_group_id_group"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["topic.id"],
            name=op.f("fk_rearrangement_other_id_topic"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["topic.id"],
            name=op.f("fk_rearrangement_topic_id_topic"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_rearrangement")),
    )
    with op.batch_alter_table("rearrangement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rearrangement_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rearrangement_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "refused_edit",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.CheckConstraint("measure = 'send-back'", name=op.f("ck_refused_edit_measure")),
        sa.ForeignKeyConstraint(
            ["decision_id", "measure"],
            ["decision.id", "decision.measure"],
            name=op.f("fk_refused_edit_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_refused_edit_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_refused_edit")),
    )
    with op.batch_alter_table("refused_edit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refused_edit_post_id"), ["post_id"], unique=False)

    op.create_table(
        "registration_answer",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["event_question.id"],
            name=op.f("fk_registration_answer_question_id_event_question"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_registration_answer_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "registration_id", "question_id", name=op.f("pk_registration_answer")
        ),
    )
    op.create_table(
        "sanction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "measure = 'close-account' OR until IS NOT NULL", name=op.f("ck_sanction_ends")
        ),
        sa.CheckConstraint(
            "measure IN ('restrict', 'suspend', 'close-account', 'restrict-reports')",
            name=op.f("ck_sanction_measure"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id", "measure"],
            ["decision.id", "decision.measure"],
            name=op.f("fk_sanction_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_sanction_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_sanction_decision_id")),
    )
    with op.batch_alter_table("sanction", schema=None) as batch_op:
        batch_op.create_index("ix_sanction_member", ["member_id", "ended_at"], unique=False)

    op.create_table(
        "slowing",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("measure = 'slow'", name=op.f("ck_slowing_measure")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_slowing_minutes")),
        sa.ForeignKeyConstraint(
            ["decision_id", "measure"],
            ["decision.id", "decision.measure"],
            name=op.f("fk_slowing_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_slowing_topic_id_topic"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("topic_id", name=op.f("pk_slowing")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_slowing_decision_id")),
    )
    op.create_table(
        "speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("job", sa.String(length=120), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
            name=op.f("fk_speaker_company_id_company"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_speaker_member_id_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["event_session.id"],
            name=op.f("fk_speaker_session_id_event_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
    )
    with op.batch_alter_table("speaker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speaker_session_id"), ["session_id"], unique=False)

    op.create_table(
        "video_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("video_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'working', 'ready', 'failed', 'refused')",
            name=op.f("ck_video_step_state"),
        ),
        sa.ForeignKeyConstraint(
            ["video_id"],
            ["video.id"],
            name=op.f("fk_video_step_video_id_video"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_video_step")),
        sa.UniqueConstraint("video_id", "name", name=op.f("uq_video_step_video_id")),
    )
    with op.batch_alter_table("video_step", schema=None) as batch_op:
        batch_op.create_index("ix_video_step_waiting", ["state", "seen_at"], unique=False)

    op.create_table(
        "case_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(text)) > 0", name=op.f("ck_case_note_text")),
        sa.ForeignKeyConstraint(
            ["asked_id"], ["member.id"], name=op.f("fk_case_note_asked_id_member")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_case_note_by_id_member")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_case_note_case_id_case"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_note")),
    )
    with op.batch_alter_table("case_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_note_case_id"), ["case_id"], unique=False)

    op.create_table(
        "notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("cause", sa.String(length=60), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["member.id"],
            name=op.f("fk_notification_actor_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_notification_case_id_case"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
            name=op.f("fk_notification_company_id_company"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_notification_decision_id_decision"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_notification_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_notification_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group.id"],
            name=op.f("fk_notification_group_id_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_notification_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_notification_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_notification_post_id_post"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["topic.id"],
            name=op.f("fk_notification_topic_id_topic"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint("member_id", "cause", name=op.f("uq_notification_member_id")),
    )
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.create_index("ix_notification_unread", ["member_id", "read_at"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("reporter_name", sa.String(length=120), nullable=False),
        sa.Column("reporter_email", sa.String(length=254), nullable=False),
        sa.Column("reporter_language", sa.String(length=8), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("in_good_faith", sa.Boolean(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "reporter_id IS NOT NULL OR rule = 'minors' OR (length(reporter_name) > 0 AND length(reporter_email) > 0)",
            name=op.f("ck_report_by_somebody"),
        ),
        sa.CheckConstraint(
            "rule IN ('respect', 'advertising', 'off-topic', 'privacy', 'copyright', 'spam', 'illegal', 'minors', 'terrorism', 'other')",
            name=op.f("ck_report_rule"),
        ),
        sa.CheckConstraint(
            "rule NOT IN ('illegal', 'terrorism', 'minors', 'other') OR length(trim(explanation)) > 0",
            name=op.f("ck_report_explained"),
        ),
        sa.CheckConstraint(
            "CASE WHEN post_id IS NULL THEN 0 ELSE 1 END + CASE WHEN member_id IS NULL THEN 0 ELSE 1 END + CASE WHEN question_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_report_about_one_thing"),
        ),
        sa.CheckConstraint("in_good_faith", name=op.f("ck_report_in_good_faith")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_report_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_report_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_report_post_id_post"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["reader_question.id"],
            name=op.f("fk_report_question_id_reader_question"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["member.id"], name=op.f("fk_report_reporter_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("member_id", "reporter_id", name=op.f("uq_report_member_id")),
        sa.UniqueConstraint("post_id", "reporter_id", name=op.f("uq_report_post_id")),
        sa.UniqueConstraint("question_id", "reporter_id", name=op.f("uq_report_question_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_report_token_hash")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index("ix_report_open", ["decision_id", "reported_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_reporter_id"), ["reporter_id"], unique=False)

    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("side <> 'author' OR by_id IS NOT NULL", name=op.f("ck_appeal_author")),
        sa.CheckConstraint(
            "side <> 'reporter' OR report_id IS NOT NULL", name=op.f("ck_appeal_reporter")
        ),
        sa.CheckConstraint("side IN ('author', 'reporter')", name=op.f("ck_appeal_side")),
        sa.CheckConstraint("length(trim(text)) > 0", name=op.f("ck_appeal_text")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_appeal_by_id_member")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_appeal_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["decision.id"], name=op.f("fk_appeal_outcome_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_appeal_report_id_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.create_index(
            "uq_appeal_author",
            ["decision_id"],
            unique=True,
            sqlite_where=sa.text("side = 'author'"),
            postgresql_where=sa.text("side = 'author'"),
        )
        batch_op.create_index("uq_appeal_report", ["report_id"], unique=True)
    guard(op.get_bind())


def downgrade() -> None:
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.drop_index("uq_appeal_report")
        batch_op.drop_index(
            "uq_appeal_author",
            sqlite_where=sa.text("side = 'author'"),
            postgresql_where=sa.text("side = 'author'"),
        )

    op.drop_table("appeal")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_reporter_id"))
        batch_op.drop_index("ix_report_open")
        batch_op.drop_index(batch_op.f("ix_report_decision_id"))

    op.drop_table("report")
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.drop_index("ix_notification_unread")

    op.drop_table("notification")
    with op.batch_alter_table("case_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_note_case_id"))

    op.drop_table("case_note")
    with op.batch_alter_table("video_step", schema=None) as batch_op:
        batch_op.drop_index("ix_video_step_waiting")

    op.drop_table("video_step")
    with op.batch_alter_table("speaker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speaker_session_id"))

    op.drop_table("speaker")
    op.drop_table("slowing")
    with op.batch_alter_table("sanction", schema=None) as batch_op:
        batch_op.drop_index("ix_sanction_member")

    op.drop_table("sanction")
    op.drop_table("registration_answer")
    with op.batch_alter_table("refused_edit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refused_edit_post_id"))

    op.drop_table("refused_edit")
    with op.batch_alter_table("rearrangement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rearrangement_topic_id"))
        batch_op.drop_index(batch_op.f("ix_rearrangement_other_id"))

    op.drop_table("rearrangement")
    with op.batch_alter_table("reader_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reader_question_interview_id"))

    op.drop_table("reader_question")
    op.drop_table("pending_edit")
    op.drop_table("partner_text")
    with op.batch_alter_table("merged_topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merged_topic_into_id"))

    op.drop_table("merged_topic")
    op.drop_table("lock")
    op.drop_table("hiding")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_event_id"))

    op.drop_table("feedback")
    op.drop_table("event_session_text")
    op.drop_table("event_question_text")
    with op.batch_alter_table("cue", schema=None) as batch_op:
        batch_op.drop_index("ix_cue_track")

    op.drop_table("cue")
    op.drop_table("chapter_title")
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_case_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index("ix_case_subject")
        batch_op.drop_index("ix_case_queue")
        batch_op.drop_index(batch_op.f("ix_case_member_id"))

    op.drop_table("case")
    with op.batch_alter_table("caption_edit", schema=None) as batch_op:
        batch_op.drop_index("ix_caption_edit_track")

    op.drop_table("caption_edit")
    op.drop_table("video")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_upload_interview_id"))

    op.drop_table("upload")
    with op.batch_alter_table("thanks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thanks_member_id"))

    op.drop_table("thanks")
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_interview_id"))

    op.drop_table("release")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_member_id"))
        batch_op.drop_index("ix_registration_list")

    op.drop_table("registration")
    with op.batch_alter_table("post_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_revision_post_id"))

    op.drop_table("post_revision")
    with op.batch_alter_table("post_picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_picture_key"))

    op.drop_table("post_picture")
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_event_id"))

    op.drop_table("partner")
    with op.batch_alter_table("organiser", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organiser_member_id"))

    op.drop_table("organiser")
    with op.batch_alter_table("met_tick", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_met_tick_other_id"))

    op.drop_table("met_tick")
    op.drop_table("mention")
    op.drop_table("interview_text")
    with op.batch_alter_table("interview_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interview_question_interview_id"))

    op.drop_table("interview_question")
    with op.batch_alter_table("interview_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interview_note_interview_id"))

    op.drop_table("interview_note")
    op.drop_table("follow_up_text")
    op.drop_table("follow_up")
    op.drop_table("event_text")
    with op.batch_alter_table("event_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_session_event_id"))

    op.drop_table("event_session")
    with op.batch_alter_table("event_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_question_event_id"))

    op.drop_table("event_question")
    with op.batch_alter_table("event_material", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_material_event_id"))

    op.drop_table("event_material")
    with op.batch_alter_table("event_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_change_event_id"))
        batch_op.drop_index(batch_op.f("ix_event_change_along_with_id"))

    op.drop_table("event_change")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index("ix_decision_topic")
        batch_op.drop_index(batch_op.f("ix_decision_reverses_id"))
        batch_op.drop_index(batch_op.f("ix_decision_question_id"))
        batch_op.drop_index("ix_decision_post")
        batch_op.drop_index("ix_decision_group")
        batch_op.drop_index(batch_op.f("ix_decision_case_id"))
        batch_op.drop_index(batch_op.f("ix_decision_by_id"))
        batch_op.drop_index("ix_decision_at")
        batch_op.drop_index(batch_op.f("ix_decision_affected_id"))

    op.drop_table("decision")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_interview_id"))

    op.drop_table("correction")
    with op.batch_alter_table("checklist_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checklist_item_interview_id"))

    op.drop_table("checklist_item")
    with op.batch_alter_table("chapter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chapter_interview_id"))

    op.drop_table("chapter")
    op.drop_table("caption_track")
    with op.batch_alter_table("caption_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_caption_draft_interview_id"))

    op.drop_table("caption_draft")
    op.drop_table("answer")
    with op.batch_alter_table("read_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_read_mark_topic_id"))

    op.drop_table("read_mark")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index("ix_post_author_written")
        batch_op.drop_index(batch_op.f("ix_post_author_id"))

    op.drop_table("post")
    op.drop_table("pin")
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_index("ix_interview_published")

    op.drop_table("interview")
    with op.batch_alter_table("highlight", schema=None) as batch_op:
        batch_op.drop_index("ix_highlight_until")

    op.drop_table("highlight")
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_member_id"))

    op.drop_table("follow")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_when")
        batch_op.drop_index(batch_op.f("ix_event_series_id"))

    op.drop_table("event")
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.drop_index("ix_topic_recent")
        batch_op.drop_index("ix_topic_group_recent")
        batch_op.drop_index("ix_topic_group_opened")
        batch_op.drop_index(batch_op.f("ix_topic_author_id"))

    op.drop_table("topic")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_member_id"))

    op.drop_table("membership")
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.drop_index("ix_join_request_waiting")

    op.drop_table("join_request")
    op.drop_table("invitation")
    op.drop_table("calendar_source")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_member_id"))

    op.drop_table("ticket")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_member_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shift_member_id"))

    op.drop_table("shift")
    op.drop_table("screening")
    with op.batch_alter_table("picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_picture_kept_by_id"))

    op.drop_table("picture")
    with op.batch_alter_table("leave", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leave_member_id"))

    op.drop_table("leave")
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.drop_index("ix_interest_of")

    op.drop_table("interest")
    with op.batch_alter_table("group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_language"))

    op.drop_table("group")
    op.drop_table("event_series")
    op.drop_table("edition")
    op.drop_table("draft")
    with op.batch_alter_table("dismissal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dismissal_member_id"))

    op.drop_table("dismissal")
    with op.batch_alter_table("company_request", schema=None) as batch_op:
        batch_op.drop_index("ix_company_request_waiting")
        batch_op.drop_index(batch_op.f("ix_company_request_member_id"))

    op.drop_table("company_request")
    op.drop_table("calendar_address")
    op.drop_table("member")
    op.drop_table("finished_reaction")
    with op.batch_alter_table("recorded_event", schema=None) as batch_op:
        batch_op.drop_index("ix_recorded_event_waiting")

    op.drop_table("recorded_event")
    op.drop_table("old_address")
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.drop_index("ix_mail_waiting")

    op.drop_table("mail")
    with op.batch_alter_table("index_note", schema=None) as batch_op:
        batch_op.drop_index("ix_index_note_waiting")

    op.drop_table("index_note")
    op.drop_table("heartbeat")
    op.drop_table("document")
    op.drop_table("content_version")
    op.drop_table("company")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_by")

    op.drop_table("audit_entry")
    op.drop_table("audit_check")
