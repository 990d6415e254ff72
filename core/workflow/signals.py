from django.dispatch import Signal

state_changed = Signal()
"""Sent by ``perform`` inside its transaction: ``sender`` the model, ``obj``, ``change``, ``by``.

Receivers may write rows (a notice in the outbox); they must not reach outside the database.
"""
