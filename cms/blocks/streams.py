"""Which blocks a kind of page may be made of."""

from wagtail.blocks import Block

from cms.blocks.body import (
    CalloutBlock,
    FactsBlock,
    FaqBlock,
    HeadingBlock,
    ParagraphBlock,
    PictureBlock,
    QuoteBlock,
    StepsBlock,
)


def article_blocks() -> list[tuple[str, Block]]:
    """Information pages: calls, programmes, centres, news, rules of the house."""
    return [
        ("heading", HeadingBlock()),
        ("paragraph", ParagraphBlock()),
        ("callout", CalloutBlock()),
        ("facts", FactsBlock()),
        ("steps", StepsBlock()),
        ("faq", FaqBlock()),
        ("picture", PictureBlock()),
    ]


def story_blocks() -> list[tuple[str, Block]]:
    """Success stories."""
    return [
        ("heading", HeadingBlock()),
        ("paragraph", ParagraphBlock()),
        ("quote", QuoteBlock()),
        ("facts", FactsBlock()),
        ("picture", PictureBlock()),
    ]
