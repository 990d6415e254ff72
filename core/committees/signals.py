from django.dispatch import Signal

decided = Signal()
"""A committee has decided about a subject. Sent inside the transaction that records the decision.

``sender`` the model of the subject, ``subject``, ``decision`` (with ``item.proposal``), ``by``. Receivers
perform the consequence through their services; one that raises keeps the decision from being recorded.
"""
