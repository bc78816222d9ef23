"""Words are measured, cut and wrapped without a font at hand."""

from hypothesis import given
from hypothesis import strategies as st

from workflow.pictures.lettering import cut, width_of, wrap

TEXTS = st.text(st.sampled_from("abcW il,. 向所有单位，。()<&"), max_size=80)


def test_a_chinese_character_is_one_em_wide():
    assert width_of("发布声明", 13) == 52


@given(TEXTS, st.floats(0, 400))
def test_what_was_cut_fits(said, room):
    kept = cut(said, 13, room)
    assert width_of(kept, 13) <= room or not kept
    assert kept == said or not kept or kept.endswith("…")


@given(TEXTS)
def test_what_fits_is_not_cut(said):
    assert cut(said, 13, width_of(said, 13)) == said


@given(TEXTS, st.floats(60, 400), st.integers(1, 5))
def test_wrapped_lines_fit_and_are_no_more_than_asked_for(said, room, most):
    lines = wrap(said, 12, room, most)
    assert 1 <= len(lines) <= most
    assert all(width_of(line, 12) <= room + 1e-9 for line in lines)


@given(TEXTS, st.floats(80, 400))
def test_nothing_is_lost_where_there_are_lines_enough(said, room):
    lines = wrap(said, 12, room, 1000)
    assert "".join("".join(lines).split()) == "".join(said.split())


def test_an_english_line_breaks_between_words_and_a_chinese_one_anywhere():
    assert wrap("tell the leading group", 12, 90, 3) == ["tell the", "leading group"]
    assert wrap("向所有单位报告", 10, 45, 2) == ["向所有单", "位报告"]


def test_what_is_left_over_ends_in_an_ellipsis():
    assert wrap("向所有单位报告有关情况", 10, 45, 2) == ["向所有单", "位报告…"]
