"""Sets of half-open spans: a small algebra, checked against sets of integers."""

from hypothesis import given
from hypothesis import strategies as st

from workflow.calendars.spans import NEVER, Span, Spans

EDGE = st.integers(0, 40)
SETS = st.lists(st.tuples(EDGE, EDGE).map(sorted), max_size=5).map(
    lambda pairs: Spans(Span(*pair) for pair in pairs)
)


def members(spans: Spans) -> set[int]:
    return {point for span in spans for point in range(span.start, span.end)}


@given(SETS, SETS)
def test_union_intersection_and_subtraction_are_those_of_sets(one, other):
    assert members(one.union(other)) == members(one) | members(other)
    assert members(one.intersect(other)) == members(one) & members(other)
    assert members(one.subtract(other)) == members(one) - members(other)


@given(SETS)
def test_spans_are_sorted_disjoint_apart_and_not_empty(spans):
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(set(edges))


@given(SETS, EDGE)
def test_a_span_holds_its_start_and_not_its_end(spans, point):
    assert (point in spans) == spans.contains(point) == (point in members(spans))
    assert (spans.at(point) is not None) == (point in members(spans))
    assert spans.bisect(point) == sum(span.start <= point for span in spans)


@given(SETS, EDGE, EDGE)
def test_clipping_keeps_what_lies_between(spans, start, end):
    assert members(spans.clip(start, end)) == members(spans) & set(range(start, end))


@given(SETS)
def test_the_total_is_the_number_of_members(spans):
    assert spans.total == len(members(spans))
    assert bool(spans) == bool(members(spans))
    assert eval(repr(spans)) == spans  # noqa: S307  # shown as it would be typed


def test_an_open_span_ends_after_everything():
    span = Span(5)
    assert span.is_open
    assert span.end == NEVER
    assert 10**15 in span
    assert Spans([span, Span(1, 5)]) == Spans([Span(1)])
    assert Span(1, 4).total == 3
