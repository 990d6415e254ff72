"""The stand-in says what Stripe would say, to the real library."""

import json
import uuid
from datetime import timedelta
from pathlib import Path

import pytest

from core.payments import stripe
from demo.stand_in.api import Api, Refused, parse_form
from demo.stand_in.messages import signature
from demo.stand_in.store import Store

SHAPES = json.loads((Path(__file__).parent / "stripe_shapes.json").read_text(encoding="utf-8"))["resources"]


def asked(**more):
    return {
        "idempotency_key": str(uuid.uuid4()),
        "reference": str(uuid.uuid4()),
        "amount": 42_465,
        "description": "3회차 상환 <b>",
        "expires_at": stripe.now() + stripe.SESSION_LIFE,
        "success_url": "http://localhost:8000/done?a=1&b=2",
        "cancel_url": "http://localhost:8000/cancelled",
        **more,
    }


def fits(ours, theirs, path=""):
    """Every key of ours is one of theirs, of the same type where theirs is not null."""
    for key, value in ours.items():
        where = f"{path}.{key}"
        assert key in theirs, where
        if isinstance(value, dict) and theirs[key] and key not in {"metadata", "object"}:
            fits(value, theirs[key], where)
        elif value is not None and theirs[key] is not None:
            assert type(value) is type(theirs[key]), where


@pytest.fixture
def api(tmp_path):
    store = Store(tmp_path / "stripe.sqlite3")
    yield Api(store, address="http://127.0.0.1:1")
    store.close()


BODY = (
    "mode=payment&success_url=http%3A%2F%2Fx&line_items[0][quantity]=1&line_items[0][price_data][currency]=krw"
    "&line_items[0][price_data][unit_amount]=1000&line_items[0][price_data][product_data][name]=x"
)


def test_shapes_are_stripes(api):
    session, _replayed = api.create_session(BODY, "")
    fits(session, SHAPES["checkout.session"])
    paid, message = api.pay(session["id"])
    fits(paid, SHAPES["checkout.session"])
    fits(api.get(paid["payment_intent"], "payment_intent"), SHAPES["payment_intent"])
    fits(api.get(message, "event"), SHAPES["event"])
    assert api.get(message, "event")["data"]["object"]["payment_status"] == "paid"


def test_a_session_is_paid_once(api):
    session, _replayed = api.create_session(BODY, "")
    first, message = api.pay(session["id"])
    again, nothing = api.pay(session["id"])
    assert (first["payment_intent"], nothing) == (again["payment_intent"], "")
    assert [row[0] for row in api.store.due_messages()] == [message]


def test_an_overdue_session_expires_and_cannot_be_paid(api):
    session, _replayed = api.create_session(BODY, "")
    api.store.put({**session, "expires_at": 1})
    assert api.pay(session["id"])[0]["status"] == "expired"
    second, _replayed = api.create_session(BODY, "")
    api.store.put({**second, "expires_at": 1})
    assert api.expire_overdue() == 1
    assert len(api.store.due_messages()) == 2


@pytest.mark.parametrize(
    ("change", "param"),
    [
        (("mode=payment", "mode=setup"), "mode"),
        (("mode=payment&", ""), "mode"),
        (("success_url=http%3A%2F%2Fx&", ""), "success_url"),
        (("currency]=krw", "currency]=usd"), "line_items[0][price_data][currency]"),
        (("unit_amount]=1000", "unit_amount]=-5"), "line_items[0][price_data][unit_amount]"),
        (("unit_amount]=1000", "unit_amount]=10.5"), "line_items[0][price_data][unit_amount]"),
        (("quantity]=1", "quantity]=2"), "line_items[0][quantity]"),
        (("line_items[0]", "line_items[1]"), "line_items"),
        (("mode=payment", "mode=payment&expires_at=5"), "expires_at"),
    ],
)
def test_wrong_requests_are_refused_as_stripe_does(api, change, param):
    with pytest.raises(Refused) as refused:
        api.create_session(BODY.replace(*change), "")
    assert refused.value.body["error"]["param"] == param
    assert refused.value.body["error"]["type"] == "invalid_request_error"


def test_nested_forms_are_read():
    assert parse_form("a[b][0][c]=1&a[b][1]=2&d=") == {"a": {"b": {"0": {"c": "1"}, "1": "2"}}, "d": ""}
    with pytest.raises(Refused):
        parse_form("a=1&a[b]=2")


def test_the_signature_is_the_one_that_the_library_checks():
    import stripe as library

    assert signature('{"a": "나"}', "whsec_x", 7) == library.WebhookSignature.generate_signature_header(
        '{"a": "나"}', "whsec_x", 7
    )


def test_through_the_library(stand_in, settings):
    wanted = asked()
    session = stripe.create_session(**wanted)
    assert session.url == f"{stand_in.url}/c/pay/{session.id}"
    assert stripe.create_session(**wanted) == session
    with pytest.raises(stripe.PaymentServiceRefused, match="idempotent"):
        stripe.create_session(**wanted | {"amount": 5})
    with pytest.raises(stripe.PaymentServiceRefused, match="expires_at"):
        stripe.create_session(**asked(expires_at=stripe.now() + timedelta(days=2)))
    assert [stripe.expire_session(session.id), stripe.expire_session(session.id)] == [True, False]
    assert stripe.expire_session("cs_test_unknown") is False
    settings.STRIPE_SECRET_KEY = "sk_test_other"
    with pytest.raises(stripe.PaymentServiceRefused):
        stripe.create_session(**asked())


def test_a_service_that_is_not_there_may_be_asked_again(settings):
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = "sk_test_demo", "http://127.0.0.1:9"
    with pytest.raises(stripe.PaymentServiceDown):
        stripe.create_session(**asked())


def test_the_page_says_that_it_is_a_demonstration(stand_in):
    session = stripe.create_session(**asked())
    path = session.url.removeprefix(stand_in.url)
    status, headers, page = stand_in.open(path)
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    for words in [
        "시연용 결제 화면 – 실제 돈은 움직이지 않습니다",
        "42,465원",
        "3회차 상환 &lt;b&gt;",
        "돌아가기",
    ]:
        assert words in page
    assert "거절했어요" in stand_in.open(f"{path}/fail", b"")[2]
    assert "결제하기" in stand_in.open(path)[2]  # a refused card may try again
    assert stand_in.open(f"{path}/pay", b"")[0] == 303
    assert "이미 결제했어요" in stand_in.open(path)[2]


def test_the_memory_survives_a_restart(stand_in):
    session = stripe.create_session(**asked())
    stand_in.stop()
    stand_in.start()
    assert stand_in.open(session.url.removeprefix(stand_in.url))[0] == 200


@pytest.mark.parametrize("path", ["/", "/c/pay/cs_test_no", "/fonts/../../etc", "/c/pay/cs_test_no/pay"])
def test_what_is_not_there_is_404(stand_in, path):
    assert stand_in.open(path)[0] == 404
    assert stand_in.open(path, b"")[0] == 404


def test_the_api_wants_the_key_and_a_body_of_sane_size(stand_in):
    assert stand_in.open("/v1/checkout/sessions", b"mode=payment")[0] == 401
    key = {"Authorization": "Bearer sk_test_demo"}
    assert stand_in.open("/v1/charges", b"a=b", key)[0] == 404
    assert stand_in.open("/v1/payment_intents/pi_no", headers=key)[0] == 404
    assert stand_in.open("/v1/checkout/sessions", b"x" * 300_000, key)[0] == 413
