from datetime import timedelta

import structlog
from celery import shared_task
from django.conf import settings

from core import clock
from core.privacy.queries import end_of_the_log
from core.privacy.services import forget_accesses, verify_chain

FAULTS_SHOWN = 20
log = structlog.get_logger(__name__)


@shared_task
def tend_access_log() -> int:
    """Nightly: prove the chain, then let go of what was kept long enough.

    A broken chain is left as it is, for whoever looks into it. The end that stands in the platform's own log,
    kept elsewhere, shows when a chain was rewritten as a whole.
    """
    if faults := list(verify_chain()):
        log.error("access_log_broken", faults=faults[:FAULTS_SHOWN], count=len(faults))
        return 0
    gone = forget_accesses(before=clock.now() - timedelta(days=settings.ACCESS_LOG_DAYS))
    head = end_of_the_log()
    log.info("access_log_proved", last=head.sequence, ends_in=head.hash, let_go=gone)
    return gone
