import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms import korean

hangul = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("창업지원", "창업 업지 지원 업 원 지 창"),
        ("창업 지원", "창업 업지 지원 업 원 지 창"),
        ("Good 파트너", "파트 트너 good 너 트 파"),
        ("2025년", "년 2025 년"),
        ("", ""),
    ],
)
def test_index_text_stores_pairs_words_and_syllables(text, stored):
    assert korean.index_text(text) == stored


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("창업지원센터", ["창업 업지 지원 원센 센터"]),
        ("창업 지원", ["창업", "지원"]),
        ("2025년 7,640", ["2025", "년", "7", "640"]),
        ("창업 창업", ["창업"]),
        ("“?!%'\"*", []),
        ("ＧＯＯＤ", ["good"]),
    ],
)
def test_query_phrases(text, phrases):
    assert korean.query_phrases(text) == phrases


@given(hangul, st.data())
def test_every_part_of_a_word_is_found_in_it(word, data):
    start = data.draw(st.integers(0, len(word) - 1))
    part = word[start : data.draw(st.integers(start + 1, len(word)))]
    stored = f" {korean.index_text(word)} "
    assert all(f" {phrase} " in stored for phrase in korean.query_phrases(part))


def test_finder_ignores_spaces_inside_compounds():
    pattern = korean.finder("창업지원")
    assert pattern.findall("청년 창업 지원, 창업지원센터") == ["창업 지원", "창업지원"]


def test_finder_of_nothing_is_nothing():
    assert korean.finder("%%") is None
