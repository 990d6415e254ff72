from core.privacy.models.access_log import AccessLog, AccessLogHead

__all__ = ["AccessLog", "AccessLogHead"]
