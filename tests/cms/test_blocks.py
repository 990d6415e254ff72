import pytest
from django.template.loader import get_template, render_to_string

from cms.blocks import article_blocks, story_blocks

BLOCKS = {name: block for name, block in [*article_blocks(), *story_blocks()]}  # noqa: C416


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_every_block_has_a_template_of_its_own_and_a_preview(name, db):
    block = BLOCKS[name]
    assert get_template(block.meta.template)
    assert block.is_previewable
    block.set_name(name)
    html = render_to_string(
        "wagtailcore/shared/block_preview.html", {"bound_block": block.bind(block.get_preview_value())}
    )
    assert "css/cms.css" in html


def test_templates_are_not_shared_by_blocks():
    templates = [block.meta.template for block in BLOCKS.values()]
    assert len(set(templates)) == len(templates)
