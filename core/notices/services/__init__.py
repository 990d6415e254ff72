from core.notices.services.outbox import queue_notice, send_again

__all__ = ["queue_notice", "send_again"]
