"""The pages around an account: joining, coming in, going out, links in mails."""

from officine.blueprints.accounts.routes import addresses, confirmation, password, sign_in, sign_up
from officine.blueprints.accounts.routes.blueprint import accounts

__all__ = ["accounts", "addresses", "confirmation", "password", "sign_in", "sign_up"]
