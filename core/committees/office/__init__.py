"""Committees in the office: the secretary works, others read along."""
