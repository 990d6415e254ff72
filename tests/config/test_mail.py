"""Mail goes out encrypted or not at all: the address of the server, and a delivery to a real one."""

import ipaddress
import socket
import ssl
from datetime import UTC, datetime, timedelta
from smtplib import SMTPException

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from pydantic import ValidationError

from config.env import Env
from config.mail import mail_settings

PASSWORD = "p@ss/w#rd"
QUOTED = "p%40ss%2Fw%23rd"


# ── the address ─────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl_"),
    [
        (f"submission://user:{QUOTED}@smtp.example.kr:2587", 2587, True, False),
        (f"submission://user:{QUOTED}@smtp.example.kr", 587, True, False),
        (f"smtps://user:{QUOTED}@smtp.example.kr/", 465, False, True),
        ("smtp://smtp.example.kr", 25, False, False),
    ],
)
def test_each_way_to_send(url, port, tls, ssl_):
    read = mail_settings(url)
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"]) == ("smtp.example.kr", port)
    assert (read["EMAIL_USE_TLS"], read["EMAIL_USE_SSL"]) == (tls, ssl_)
    assert read["EMAIL_HOST_PASSWORD"] == (PASSWORD if "user" in url else "")
    assert 0 < read["EMAIL_TIMEOUT"] <= 60


@pytest.mark.parametrize(
    "url",
    [
        f"smtp+tls://user:{QUOTED}@smtp.example.kr:587",
        f"smtp+ssl://user:{QUOTED}@smtp.example.kr:465",
        f"smtp://user:{QUOTED}@smtp.example.kr:587",
        f"smtp://user:{QUOTED}@smtp.example.kr:587?tls=True",
        f"submit://user:{QUOTED}@smtp.example.kr:587",
        f"submission://user:{QUOTED}@smtp.example.kr:587?ssl=1",
        f"submission://user:{PASSWORD}@smtp.example.kr:587",
        "submission://user:p[ss@smtp.example.kr:587",
        "submission://user:p\u2100ss@smtp.example.kr:587",
        "submission://",
        "console://",
        "smtp.example.kr:587",
    ],
)
def test_any_other_is_refused_at_the_start_and_repeats_no_password(url, monkeypatch):
    for name in Env.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    with pytest.raises(ValidationError, match="submission://user:password@host:587") as refused:
        Env(_env_file=None, secret_key="s" * 60, email_url=url)
    said = str(refused.value)
    assert QUOTED not in said
    assert "p@ss" not in said
    assert "p[ss" not in said
    assert "s" * 60 not in said


# ── a real server ───────────────────────────────────────────────────────────
class Inbox:
    """What a mail server got, and who had signed in when it came."""

    def __init__(self):
        self.mails = []
        self.logins = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 — aiosmtpd's name
        self.mails.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"

    def sign_in(self, server, session, envelope, mechanism, login):
        self.logins.append((login.login.decode(), login.password.decode()))
        return AuthResult(success=True)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for localhost, trusted by nobody who is not told to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    hosts = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def listen(inbox, certificate, **how):
    """A server that takes mail from those who signed in alone."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    contexts = {name: tls for name, wanted in how.items() if wanted is ssl}
    options = {name: wanted for name, wanted in how.items() if wanted is not ssl}
    server = Controller(
        inbox,
        hostname="127.0.0.1",
        port=port,
        authenticator=inbox.sign_in,
        auth_required=True,
        **contexts,
        **options,
    )
    server.start()
    return server


STARTTLS = {"tls_context": ssl, "require_starttls": True}
FROM_THE_START = {"ssl_context": ssl, "auth_require_tls": False}


@pytest.fixture
def send(settings, certificate):
    """Sends a mail through a server of that kind; gives its inbox."""
    servers = []

    def deliver(scheme, kind):
        inbox = Inbox()
        server = listen(inbox, certificate, **kind)
        servers.append(server)
        for name, value in mail_settings(f"{scheme}://user:{QUOTED}@localhost:{server.port}").items():
            setattr(settings, name, value)
        mail.send_mail("제목", "안녕하세요", "noreply@example.kr", ["hong@example.kr"])
        return inbox

    yield deliver
    for server in servers:
        server.stop()


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # aiosmtpd doesn't see TLS that was there from the start
@pytest.mark.parametrize(("scheme", "kind"), [("submission", STARTTLS), ("smtps", FROM_THE_START)])
def test_a_mail_arrives_encrypted_and_signed_in(send, monkeypatch, certificate, scheme, kind):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    inbox = send(scheme, kind)
    assert inbox.logins == [("user", PASSWORD)]
    [(recipients, content)] = inbox.mails
    assert recipients == ["hong@example.kr"]
    assert "Subject: =?utf-8?" in content


def test_nothing_is_told_to_a_server_that_nobody_vouches_for(send):
    with pytest.raises((ssl.SSLCertVerificationError, SMTPException)):
        send("submission", STARTTLS)
