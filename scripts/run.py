"""``make run``: the whole platform in demo mode as one foreground command. Ctrl-C stops everything.

Migrates and loads the demo data when that is due, then runs the processes of Procfile.demo under honcho, and
says where everything is once the home page answers.
"""

import argparse
import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
START_SECONDS = 60


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    options = parser.parse_args()
    os.chdir(BASE_DIR)
    if not is_free(options.host, options.port):
        sys.stderr.write(
            f"Port {options.port} is already in use. Stop what uses it, or choose another: "
            f"make run PORT={options.port + 1}\n"
        )
        return 1
    environment = demo_environment(options.host, options.port)
    os.environ.update(environment)
    logins = prepare()
    return run(environment, f"http://localhost:{options.port}", logins)


def is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def demo_environment(host: str, port: int) -> dict[str, str]:
    """Demo mode, whatever the shell has set: no server is used, payments go to the stand-in."""
    # kept from start to start where possible: open payment pages lead there
    stand_in = port + 1 if is_free(host, port + 1) else any_free_port()
    chosen = {
        "DEMO": "true",
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "EMAIL_URL": "",
        "S3_BUCKET": "",
        "SITE_URL": f"http://localhost:{port}",
        "HOST": host,
        "PORT": str(port),
        "STAND_IN_PORT": str(stand_in),
        "STRIPE_SECRET_KEY": "",
        "PYTHONUNBUFFERED": "1",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    }
    return {**os.environ, **chosen}


def prepare() -> list[tuple[str, str, str]]:
    """Bring the database up to date, fill it once, and return (role, name, e-mail) of the demo logins."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, connections
    from django.db.migrations.executor import MigrationExecutor
    from django.utils.translation import override

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
    loaded = settings.VAR_DIR / "demo-loaded"
    if not loaded.exists():
        say("Loading the demo data …")
        call_command("load_demo")
        loaded.touch()
    with override("en"):
        logins = demo_logins()
    connections.close_all()
    return logins


def demo_logins() -> list[tuple[str, str, str]]:
    """The first person of every role."""
    from demo.queries import demo_logins as logins_by_role

    return [
        (str(row.label), row.people[0].name, row.people[0].email)
        for row in logins_by_role("Applicant, founder")
    ]


def run(environment: dict[str, str], address: str, logins: list[tuple[str, str, str]]) -> int:
    """Run every process until one ends or we are told to stop; then stop them all."""
    from honcho.environ import parse_procfile
    from honcho.manager import Manager

    manager = Manager()
    processes = parse_procfile((BASE_DIR / "Procfile.demo").read_text(encoding="utf-8")).processes
    for name, command in processes.items():
        # exec: the signal reaches the process itself, not a shell in front of it
        manager.add_process(name, f"exec {command}", env=environment, cwd=str(BASE_DIR))
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))  # a closed terminal
    threading.Thread(target=announce, args=(address, logins), daemon=True).start()
    manager.loop()
    return 0 if manager.returncode == 128 + signal.SIGINT else int(manager.returncode or 0)


def announce(address: str, logins: list[tuple[str, str, str]]) -> None:
    """Wait for the web process, but not for ever, then say where everything is."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/health/live", timeout=2).close()  # noqa: S310 — our own
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    from django.conf import settings

    width = max((len(role) for role, _, _ in logins), default=0)
    say(
        "\n".join(
            [
                "",
                f"  The platform (demo)   {address}/",
                f"  Sign in               {address}/accounts/login/  (one click per person, no password)",
                f"  The office            {address}/office/",
                f"  Mails that were sent  {address}/demo/mails/  (files: {settings.MAIL_DIR})",
                "",
                *(f"    {role:<{width}}  {email}  {name}" for role, name, email in logins),
                "",
                "  Ctrl-C stops everything.",
                "",
            ]
        )
    )


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
