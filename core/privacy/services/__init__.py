from core.privacy.services.access import record_access, record_reading, verify_chain
from core.privacy.services.keeping import forget_accesses

__all__ = ["forget_accesses", "record_access", "record_reading", "verify_chain"]
