"""The Celery application. What runs when stands in each app's ``tasks.py`` and in :data:`SCHEDULE`."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("good-partner")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

SCHEDULE = {
    "deliver waiting notices": {"task": "core.notices.tasks.deliver_waiting", "schedule": 60.0},
    "process stored payment events": {"task": "core.payments.tasks.process_waiting_events", "schedule": 60.0},
    "sweep files of undone uploads": {
        "task": "core.documents.tasks.sweep_files",
        "schedule": crontab(hour=3, minute=40),
    },
    "prove the access log and let go of its oldest part": {
        "task": "core.privacy.tasks.tend_access_log",
        "schedule": crontab(hour=4, minute=0),
    },
    "forget what old payment events said": {
        "task": "core.payments.tasks.forget_payloads",
        "schedule": crontab(hour=3, minute=50),
    },
    "end the invitations that nobody answered": {
        "task": "core.accounts.tasks.end_invitations",
        "schedule": crontab(hour=0, minute=20),
    },
    "tell what is new to those who want it": {
        "task": "cms.tasks.tell_news",
        "schedule": crontab(hour=9, minute=10),
    },
    "close the loans' day": {"task": "loans.tasks.close_day", "schedule": crontab(hour=0, minute=10)},
}
app.conf.beat_schedule = SCHEDULE
