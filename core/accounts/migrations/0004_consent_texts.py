"""The first version of each consent text. A change of wording is a new version, written in the office."""

from datetime import date

from django.db import migrations

IN_FORCE_FROM = date(2025, 1, 1)
RIGHT_TO_REFUSE = "동의하지 않을 권리: 동의하지 않을 수 있습니다. "

TEXTS = [
    {
        "purpose": "account",
        "kind": "collection",
        "title": "회원 정보 수집·이용 동의",
        "required": True,
        "body": "수집 목적: 회원 확인, 신청 현황과 결과 알림\n"
        "수집 항목: 이름, 이메일, 비밀번호(암호화하여 보관), 선택 항목으로 전화번호, 생년월일, 용산구 거주 시작일\n"
        "보유 기간: 회원 탈퇴 시까지. 다른 법령에 보존 의무가 있으면 그 기간까지\n"
        + RIGHT_TO_REFUSE
        + "다만 동의하지 않으면 회원으로 가입할 수 없습니다.",
    },
    {
        "purpose": "account",
        "kind": "marketing",
        "title": "소식·초대 수신 동의",
        "required": False,
        "body": "수집 목적: 모집공고, 교육, 행사 소식 안내\n"
        "수집 항목: 이름, 이메일\n"
        "보유 기간: 동의를 거둘 때까지\n" + RIGHT_TO_REFUSE + "동의하지 않아도 모든 서비스를 이용할 수 있고, 언제든 내 정보에서 거둘 수 있습니다.",
    },
    {
        "purpose": "incubation",
        "kind": "collection",
        "title": "창업지원 신청 정보 수집·이용 동의",
        "required": True,
        "body": "수집 목적: 자격 확인, 평가와 선정, 협약, 사후관리\n"
        "수집 항목: 이름, 생년월일, 연락처, 거주 시작일, 사업체 정보, 사업계획과 구성원 이름·경력, 제출 서류의 내용\n"
        "보유 기간: 공고에 적은 기간까지. 공고에 없으면 사업 종료와 사후관리가 끝날 때까지\n"
        + RIGHT_TO_REFUSE
        + "다만 동의하지 않으면 신청할 수 없습니다.",
    },
    {
        "purpose": "incubation",
        "kind": "third_party",
        "title": "창업지원 신청 정보 제3자 제공 동의",
        "required": True,
        "body": "제공받는 자: 공고에 적은 공동 운영기관과 위촉한 평가위원\n"
        "제공 목적: 평가, 보육과 멘토링\n"
        "제공 항목: 사업계획, 제출 서류의 내용, 선정 뒤에는 이름과 연락처\n"
        "보유 기간: 제공 목적을 이룰 때까지\n" + RIGHT_TO_REFUSE + "다만 동의하지 않으면 평가를 받을 수 없습니다.",
    },
    {
        "purpose": "loan",
        "kind": "collection",
        "title": "융자 신청 정보 수집·이용 동의",
        "required": True,
        "body": "수집 목적: 자격 확인, 심의, 융자 실행, 상환과 사후관리\n"
        "수집 항목: 이름, 생년월일, 연락처, 거주 시작일, 사업체 정보, 자금 사용 계획, 제출 서류의 내용, 상환 기록\n"
        "보유 기간: 융자금을 모두 갚은 뒤 관계 법령이 정한 보존 기간까지\n"
        + RIGHT_TO_REFUSE
        + "다만 동의하지 않으면 신청할 수 없습니다.",
    },
    {
        "purpose": "loan",
        "kind": "third_party",
        "title": "융자 신청 정보 제3자 제공 동의",
        "required": True,
        "body": "제공받는 자: 융자계획에 적은 수탁금융기관, 신용보증을 신청하면 신용보증기관\n"
        "제공 목적: 대출 심사와 실행, 보증 심사, 사후관리\n"
        "제공 항목: 이름, 생년월일, 연락처, 사업체 정보, 융자 결정 내용\n"
        "보유 기간: 제공 목적을 이룬 뒤 제공받는 자에게 적용되는 법령의 보존 기간까지\n"
        + RIGHT_TO_REFUSE
        + "다만 동의하지 않으면 융자를 받을 수 없습니다.",
    },
]


def write_texts(apps, schema_editor):
    ConsentText = apps.get_model("accounts", "ConsentText")
    for text in TEXTS:
        ConsentText.objects.get_or_create(
            purpose=text["purpose"],
            kind=text["kind"],
            version=1,
            defaults={**text, "effective_on": IN_FORCE_FROM},
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_user_language")]

    operations = [migrations.RunPython(write_texts, migrations.RunPython.noop)]
