import os
import signal
import sys
from types import FrameType

from django.conf import settings

from demo.stand_in.messages import Messenger
from demo.stand_in.server import make_server
from demo.stand_in.store import Store


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not settings.DEMO:
        sys.stderr.write("The stand-in for Stripe runs in demo mode only.\n")
        return 1
    store = Store(settings.VAR_DIR / "stripe" / "stand-in.sqlite3")
    messenger = Messenger(
        store,
        url=f"{settings.SITE_URL}/payments/stripe/webhook/",
        secret=settings.STRIPE_WEBHOOK_SECRET,
    )
    server = make_server(
        ("127.0.0.1", settings.STAND_IN_PORT),
        store=store,
        messenger=messenger,
        secret_key=settings.STRIPE_SECRET_KEY,
        fonts=settings.BASE_DIR / "node_modules/krds-uiux/resources/fonts",
        delay=settings.STAND_IN_DELAY,
    )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    messenger.start()
    sys.stdout.write(f"Stand-in for Stripe: http://127.0.0.1:{settings.STAND_IN_PORT}\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        messenger.stop()
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
