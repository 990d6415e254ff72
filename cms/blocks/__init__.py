"""What editors compose pages from: one class, one template, one preview each."""

from cms.blocks.body import (
    CalloutBlock,
    FactsBlock,
    FaqBlock,
    HeadingBlock,
    ParagraphBlock,
    PictureBlock,
    QuestionBlock,
    QuoteBlock,
    StepsBlock,
)
from cms.blocks.streams import article_blocks, story_blocks

__all__ = [
    "CalloutBlock",
    "FactsBlock",
    "FaqBlock",
    "HeadingBlock",
    "ParagraphBlock",
    "PictureBlock",
    "QuestionBlock",
    "QuoteBlock",
    "StepsBlock",
    "article_blocks",
    "story_blocks",
]
