from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["h3", "bold", "ol", "ul", "link", "document-link", "hr"]
SHORT_FEATURES = ["bold", "link", "ol", "ul"]


class ParagraphBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=TEXT_FEATURES, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "cms/blocks/paragraph.html"
        preview_value = "<p>신청 전에 자격과 일정을 확인해 주세요.</p>"
        description = _("Running text with headings, lists and links")


class HeadingBlock(blocks.CharBlock):
    """A heading of the second level, which also gives the section an address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, **kwargs)

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "cms/blocks/heading.html"
        preview_value = "신청 방법"
        description = _("Starts a section")


class CalloutBlock(blocks.StructBlock):
    """Something that must not be missed."""

    kind = blocks.ChoiceBlock(
        choices=[("info", _("Information")), ("warning", _("Caution"))], default="info", label=_("kind")
    )
    title = blocks.CharBlock(max_length=80, label=_("title"))
    text = blocks.RichTextBlock(features=SHORT_FEATURES, label=_("text"))

    class Meta:
        icon = "warning"
        label = _("Notice box")
        template = "cms/blocks/callout.html"
        preview_value: ClassVar[dict[str, str]] = {
            "kind": "warning",
            "title": "주민등록번호는 가려서 올려 주세요",
            "text": "<p>번호가 보이는 서류는 받지 않아요.</p>",
        }
        description = _("One thing that must not be missed")


class FactBlock(blocks.StructBlock):
    term = blocks.CharBlock(max_length=60, label=_("name of the fact"))
    text = blocks.CharBlock(max_length=300, label=_("text"))

    class Meta:
        icon = "list-ul"
        label = _("Fact")


class FactsBlock(blocks.StructBlock):
    """Terms and what they are: place, size, hours."""

    title = blocks.CharBlock(max_length=80, required=False, label=_("title"))
    facts = blocks.ListBlock(FactBlock(), min_num=1, label=_("facts"))

    class Meta:
        icon = "list-ul"
        label = _("Facts")
        template = "cms/blocks/facts.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "이용 안내",
            "facts": [
                {"term": "위치", "text": "서울특별시 용산구 청파로 77"},
                {"term": "공간", "text": "보육실 5실"},
            ],
        }
        description = _("Terms and what they are")


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=60, label=_("title"))
    text = blocks.CharBlock(max_length=300, required=False, label=_("text"))

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    """What comes after what."""

    title = blocks.CharBlock(max_length=80, required=False, label=_("title"))
    steps = blocks.ListBlock(StepBlock(), min_num=2, label=_("steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "cms/blocks/steps.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "신청 순서",
            "steps": [
                {"title": "자격 확인", "text": "신청할 수 있는지 먼저 확인해요."},
                {"title": "사업계획 작성", "text": "쓰는 동안 자동으로 저장돼요."},
                {"title": "제출", "text": "접수번호를 받아야 제출이 끝나요."},
            ],
        }
        description = _("What comes after what")


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=200, label=_("question"))
    answer = blocks.RichTextBlock(features=SHORT_FEATURES, label=_("answer"))

    class Meta:
        icon = "help"
        label = _("Question")


class FaqBlock(blocks.StructBlock):
    """Questions that are asked often, each opening to its answer."""

    title = blocks.CharBlock(max_length=80, default="자주 묻는 질문", label=_("title"))
    questions = blocks.ListBlock(QuestionBlock(), min_num=1, label=_("questions"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "cms/blocks/faq.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "자주 묻는 질문",
            "questions": [
                {
                    "question": "사업자등록 전에도 신청할 수 있나요?",
                    "answer": "<p>예비창업자도 신청할 수 있어요.</p>",
                }
            ],
        }
        description = _("Questions that are asked often")


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    text = blocks.TextBlock(label=_("quote"))
    who = blocks.CharBlock(max_length=80, label=_("who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "cms/blocks/quote.html"
        preview_value: ClassVar[dict[str, str]] = {
            "text": "심사평 한 줄이 제품을 바꿨습니다.",
            "who": "데모푸드 대표",
        }
        description = _("What somebody said")


class PictureBlock(blocks.StructBlock):
    """A picture with its alternative text and an optional caption."""

    image = ImageBlock(label=_("picture"))
    caption = blocks.CharBlock(max_length=200, required=False, label=_("caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/picture.html"
        preview_value: ClassVar[dict[str, Any]] = {"image": None, "caption": "창업지원센터 보육실"}
        description = _("A picture with a caption")
