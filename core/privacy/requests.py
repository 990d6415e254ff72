from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """From where the request came. Behind our proxy it is the last address that the proxy wrote."""
    if settings.BEHIND_PROXY and (forwarded := request.headers.get("X-Forwarded-For", "")):
        return plain_address(str(forwarded).rsplit(",", 1)[-1])
    return plain_address(str(request.META.get("REMOTE_ADDR") or ""))


def plain_address(text: str) -> str:
    """The address as databases write it, without a port; empty for what is none.

    Some proxies add the port. What the database cannot hold or writes otherwise would break the log.
    """
    text = text.strip()
    without_port = text[1:].partition("]")[0] if text.startswith("[") else text
    if without_port.count(":") == 1:
        without_port = without_port.partition(":")[0]
    try:
        address = ip_address(without_port.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(address)
