"""What other pages show of the demo. Reach them by including ``demo/….html`` where ``demo`` is true."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from demo import moved_clock, queries

register = template.Library()


@register.inclusion_tag("demo/_logins.html", takes_context=True)
def demo_logins(context: template.Context) -> dict[str, Any]:
    """The demo's people by role, each a button that signs in."""
    request = context["request"]
    return {
        "logins": queries.demo_logins(_("Applicants and founders")),
        "next": request.GET.get("next", ""),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("demo/_bar.html", takes_context=True)
def demo_bar(context: template.Context) -> dict[str, Any]:
    """The notice at the top of every page: that this is a demonstration, its mails, its clock."""
    return {"server_now": context.get("server_now"), "moved": bool(moved_clock.offset())}


@register.inclusion_tag("demo/_clock_badge.html", takes_context=True)
def demo_clock_badge(context: template.Context) -> dict[str, Any]:
    """Which day it is in the demo."""
    return {"server_now": context.get("server_now"), "moved": bool(moved_clock.offset())}
