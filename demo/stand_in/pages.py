"""The hosted payment page, in Korean, plainly marked as a demonstration."""

from html import escape
from pathlib import Path
from string import Template
from typing import Any

_FRAME = Template((Path(__file__).parent / "page.html").read_text(encoding="utf-8"))


def payment(session: dict[str, Any], *, refused: bool = False) -> str:
    """The page of a session in whatever state it is."""
    amount = f"{session['amount_total']:,}원"
    description = session["custom_text"]["submit"]["message"]
    facts = (
        f'<p class="what">{escape(description)}</p><p class="sum"><span class="hidden">결제 금액 </span>'
        f"{escape(amount)}</p>"
    )
    match session["status"]:
        case "open":
            return _page("결제하기", facts + _refusal(shown=refused) + _choices(session, amount))
        case "complete":
            note = _note("done", "이미 결제했어요", "같은 결제가 두 번 되지 않아요. 영수증을 확인해 주세요.")
            return _page("결제 완료", facts + note + _link("영수증 보기", session["success_url"]))
        case _:
            note = _note("late", "결제 시간이 지났어요", "돌아가서 결제를 다시 시작해 주세요.")
            return _page("결제 시간 만료", facts + note + _link("돌아가기", session["cancel_url"]))


def missing() -> str:
    note = _note(
        "late", "결제를 찾을 수 없어요", "주소를 다시 확인하거나, 사이트에서 결제를 다시 시작해 주세요."
    )
    return _page("찾을 수 없음", note)


def _choices(session: dict[str, Any], amount: str) -> str:
    here = f"/c/pay/{escape(session['id'])}"
    return (
        '<div class="choices">'
        f'<form method="post" action="{here}/pay">'
        f'<button class="main">{escape(amount)} 결제하기</button></form>'
        f'<form method="post" action="{here}/fail"><button>결제 실패 만들기</button></form>'
        f"{_link('돌아가기', session['cancel_url'])}</div>"
    )


def _refusal(*, shown: bool) -> str:
    if not shown:
        return ""
    return _note(
        "late", "카드사가 결제를 거절했어요", "돈은 빠져나가지 않았어요. 다시 시도하거나 돌아갈 수 있어요."
    )


def _note(kind: str, title: str, text: str) -> str:
    return (
        f'<div class="note {kind}" role="status"><strong>{escape(title)}</strong><p>{escape(text)}</p></div>'
    )


def _link(label: str, url: str | None) -> str:
    return f'<a class="link" href="{escape(url)}">{escape(label)}</a>' if url else ""


def _page(title: str, body: str) -> str:
    return _FRAME.substitute(title=escape(title), body=body)
