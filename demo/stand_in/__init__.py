"""A stand-in for Stripe, for the demo only: a process of its own that speaks the part of Stripe's API we use.

It takes the real ``stripe`` library's requests, shows a payment page of its own, and signs its messages to
the site. ``python -m demo.stand_in`` starts it. No money moves.
"""
