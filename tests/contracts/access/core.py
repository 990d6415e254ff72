"""The site's own addresses, and the doors of the office that lead elsewhere or stay shut."""

from tests.contracts.access import Access

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
    Access("office_password_reset", everyone=RESET),
    Access("office_password_reset_rest", args=lambda world: {"rest": "done/"}, everyone=RESET),
    Access("office_bulk_action", args=people, office=404),
    Access("office_bulk_action", "post", args=people, office=404),
]
