"""The site's own addresses, and the doors of the office that lead elsewhere or stay shut."""

from tests.contracts.access import Access, form

HERE, RESET = "/accounts/login/", "/accounts/password/reset/"


def people(world):
    return {"app_label": "accounts", "model_name": "user", "action": "assign_role"}


ROWS = [
    Access("health_live", everyone=200),
    Access("health_ready", everyone=200),
    Access("picture", args=lambda world: {"name": "none.png"}, everyone=404),
    *(
        Access(name, method, signed_in=HERE)
        for name in ("office_login", "pages_login")
        for method in ("get", "post")
    ),
    *form("office_password_reset", everyone=RESET),
    *form("office_password_reset_rest", lambda world: {"rest": "done/"}, everyone=RESET),
    *form("office_bulk_action", people, office=404),
]
