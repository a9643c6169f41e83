"""Who may have which name in an address."""

# Handles stand in addresses and after @: nobody may pass for the site, its desk or its pages.
RESERVED_HANDLES = frozenset(
    {
        "about", "abuse", "accessibility", "account", "admin", "administrador", "administrator",
        "administration", "amministratore", "amministrazione", "anonymous", "api", "app",
        "assistance", "assistenza", "avisos", "ayuda", "community-manager", "companies", "company",
        "contact", "contacto", "contatti", "cookie", "cookies", "desk", "editor", "editorial",
        "editorial-desk", "editors", "empresas", "eventi", "eventos", "events", "everybody",
        "everyone", "files", "former-member", "gruppi", "group", "groups", "grupos", "help", "home",
        "host", "hosts", "info", "interviews", "interviste", "entrevistas", "legal", "login",
        "logout", "mail", "me", "members", "membri", "miembros", "moderator", "moderatore",
        "moderador", "news", "newsletter", "no-reply", "noreply", "notifications", "official",
        "ufficiale", "oficial", "officine", "people", "postmaster", "press", "privacy", "profile",
        "redaccion", "redactor", "redattore", "redazione", "registro", "registrazione", "root",
        "rules", "search", "security", "seguridad", "settings", "sicurezza", "sign-in", "sign-out",
        "sign-up", "sos", "soporte", "staff", "static", "status", "style", "support", "supporto",
        "system", "sitio", "team", "terms", "topics", "todos", "tutti", "webmaster", "welcome",
        "www", "you",
    }
)  # fmt: skip


def may_be_handle(handle: str) -> bool:
    """Whether somebody may be called this in an address."""
    parts = set(handle.split("-"))
    return handle not in RESERVED_HANDLES and not parts & {"officine", "admin", "redazione"}
