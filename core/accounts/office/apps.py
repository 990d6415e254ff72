from wagtail.users.apps import WagtailUsersAppConfig


class OfficeUsersConfig(WagtailUsersAppConfig):
    """Wagtail's users with our viewset."""

    user_viewset = "core.accounts.office.users.UserViewSet"
