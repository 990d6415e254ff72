from wagtail import hooks

from impact.office.viewsets import ImpactViewSetGroup


@hooks.register("register_admin_viewset")
def register_impact_viewsets() -> ImpactViewSetGroup:
    return ImpactViewSetGroup()
