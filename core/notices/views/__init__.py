from core.notices.views.recipient import notice_list

__all__ = ["notice_list"]
