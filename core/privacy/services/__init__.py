from core.privacy.services.access import record_access, verify_chain

__all__ = ["record_access", "verify_chain"]
