from django.urls import URLPattern, URLResolver, path

from core.payments.views import payer, webhook

urlpatterns: list[URLPattern | URLResolver] = [
    path("stripe/webhook/", webhook.stripe_webhook, name="stripe_webhook"),
    path("<uuid:key>/", payer.payment_wait, name="payment_wait"),
    path("<uuid:key>/done/", payer.payment_done, name="payment_done"),
    path("<uuid:key>/cancelled/", payer.payment_cancelled, name="payment_cancelled"),
]
