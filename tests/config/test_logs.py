"""What is logged names nobody, whoever logs it and however it comes in."""

import io
import json
import logging
from logging.config import DictConfigurator

import pytest
import structlog
from django.db import IntegrityError

from config.logs import drop_personal, logging_config
from core.accounts.models import User

NAME, EMAIL, PHONE = "홍길동", "hong@example.com", "010-1234-5678"
DUPLICATE = f"""duplicate key value violates unique constraint "accounts_user_email_key"
DETAIL:  Key (email)=({EMAIL}) already exists."""
MISSING = f"""null value in column "phone" of relation "accounts_user" violates not-null constraint
DETAIL:  Failing row contains (1, {EMAIL}, {NAME}, plan with
two lines, {PHONE})."""


@pytest.fixture(params=[True, False], ids=["production", "demo"])
def log(request):
    """A logger as the platform sets it up, and what it has written."""
    config = logging_config(level="INFO", as_json=request.param)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(DictConfigurator(config).configure_formatter(config["formatters"]["structured"]))
    logger = logging.getLogger("tests.logs")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.INFO)
    yield logger, written.getvalue
    logger.handlers, logger.propagate = [], True


def fail(message):
    """One exception caused by another, with a person among the local variables."""
    person = {"name": NAME}
    raise IntegrityError(message) from ValueError(message, len(person))


@pytest.mark.parametrize("message", [DUPLICATE, MISSING, f"wrong number {PHONE}", f"{EMAIL}를 찾지 못함"])
def test_a_traceback_says_what_failed_and_not_for_whom(log, message):
    logger, written = log
    try:
        fail(message)
    except IntegrityError:
        logger.exception("Internal Server Error: /me/")
    text = written()
    assert "IntegrityError" in text
    assert "fail(message)" in text
    for personal in (NAME, EMAIL, PHONE, "two lines"):
        assert personal not in text
    if "constraint" in message:
        assert message.split('"')[1] in text


def test_our_own_lines_are_treated_alike(log):
    logger, written = log
    line = structlog.wrap_logger(
        logger,
        processors=[structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    line.info(
        "told",
        to={"email": EMAIL, "at": [PHONE]},
        error=ValueError(EMAIL),
        user=User(pk=7, name=NAME),
        rows=3,
    )
    text = written()
    for personal in (NAME, EMAIL, PHONE):
        assert personal not in text
    assert "accounts.User 7" in text
    assert "3" in text


def test_production_writes_one_line_of_json(log):
    logger, written = log
    logger.warning("Not Found: /x/")
    if written().startswith("{"):
        [line] = written().splitlines()
        assert json.loads(line)["event"] == "Not Found: /x/"


def test_fields_that_name_a_person_are_blanked_at_any_depth():
    event = {
        "event": "x",
        "phone": "1",
        "facts": {"name": NAME, "rows": [{"birth_date": "1990"}], "count": 2},
    }
    assert drop_personal(None, "info", event) == {
        "event": "x",
        "phone": "[withheld]",
        "facts": {"name": "[withheld]", "rows": [{"birth_date": "[withheld]"}], "count": 2},
    }
