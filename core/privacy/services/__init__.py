from core.privacy.services.access import record_access, record_reading, verify_chain

__all__ = ["record_access", "record_reading", "verify_chain"]
