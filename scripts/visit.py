"""A walk through a running demo, for the smoke test: the public pages, then one page as every role.

    python -m scripts.visit http://localhost:8000

Needs nothing but the address: it reads the logins and the links off the pages, as a newcomer does.
"""

import http.cookiejar
import re
import sys
from html import unescape
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

ROLE = re.compile(r"<dt>(?P<label>[^<]+)</dt>(?P<forms>.*?)</dd>", re.DOTALL)
PERSON = re.compile(r'name="user" value="(\d+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CALL = re.compile(r'href="(/calls/[^/"]+/)"')
ROLES = 9
OK = 200


class Visitor:
    """A browser without pictures."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def open(self, path: str, fields: dict[str, str] | None = None) -> str:
        """The page at ``path``; anything but 200 ends the walk."""
        data = urlencode(fields).encode() if fields else None
        request = Request(urljoin(self.address, path), data, {"Referer": self.address})  # noqa: S310
        try:
            with self.opener.open(request, timeout=60) as answer:
                text: str = answer.read().decode()
                sys.stdout.write(f"  {answer.status} {answer.url.removeprefix(self.address)}\n")
        except HTTPError as error:
            raise SystemExit(f"{path}: {error.code}\n{error.read().decode()[:2000]}") from error
        return text


def main(address: str) -> None:
    public = Visitor(address)
    for path in (
        "/",
        "/calls/",
        "/loans-guide/",
        "/stories/",
        "/jobs-plan/",
        "/health/ready",
        "/demo/mails/",
    ):
        public.open(path)
    calls = CALL.findall(public.open("/calls/"))
    if not calls:
        raise SystemExit("no call is listed")
    public.open(calls[0])
    page = public.open("/office/")  # leads to the login
    roles = [(label, forms) for label, forms in ROLE.findall(page) if PERSON.search(forms)]
    if len(roles) < ROLES:
        raise SystemExit(f"the login page offers {len(roles)} of {ROLES} roles")
    for label, forms in roles:
        sys.stdout.write(f"{unescape(label).strip()}\n")
        person = Visitor(address)
        token = TOKEN.findall(person.open("/accounts/login/"))[0]
        found = PERSON.findall(forms)
        person.open("/demo/login/", {"csrfmiddlewaretoken": token, "user": found[0]})


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
