from core.notices.services.outbox import forget_notices, queue_notice, send_again

__all__ = ["forget_notices", "queue_notice", "send_again"]
