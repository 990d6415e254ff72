from django.dispatch import Signal

money_received = Signal()
"""Money has come in for a subject. Sent inside the transaction that records it, exactly once per payment.

``sender`` the model of the subject, ``subject``, ``amount`` in won, ``received_on``, ``source`` ("card" or
"bank"), ``payment_key`` (unique: a receiver that sees one twice changes nothing), ``by``, and ``asked``:
false where it came for a charge that was cancelled. A receiver that raises keeps the payment from being
recorded as done.
"""

money_reversed = Signal()
"""A payment was recorded wrongly and is taken back, in the same transaction.

``sender``, ``subject``, ``payment_key``, ``by``, ``reason``.
"""
