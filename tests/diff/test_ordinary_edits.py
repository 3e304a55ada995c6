"""A thousand ordinary edits of a newsroom: none is taken for a fault."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.config import Gate
from feeds.diff import compare, judge
from tests.modelled import Article, Model

EDITS = 25
EXAMPLES = 40
CATEGORIES = ("politik", "kultur", "sport")
KINDS = ("new", "new", "new", "late", "correct", "correct", "retitle", "redate", "withdraw", "remove", "move", "return")


def edit(model: Model, kind: str, article: Article, category: str) -> None:
    """One ordinary edit. Nobody empties a category of several articles at one go."""
    if kind in {"new", "late"}:
        model.add(category, late=kind == "late")
    elif kind == "return":
        article.is_removed = article.is_withdrawn = False
    elif article.is_removed:
        return
    elif kind == "correct":
        article.text, article.updated = f"{article.text} Berichtigt um {model.clock}.", model.clock
    elif kind == "retitle":
        article.title, article.updated = f"{article.title}, neu um {model.clock}", model.clock
    elif kind == "redate":
        article.updated = model.clock
    elif kind == "withdraw":
        article.is_withdrawn, article.updated = True, model.clock
    elif kind == "remove":
        article.is_removed = True
    else:
        model.recategorise(article, category)


STEP = st.tuples(st.sampled_from(KINDS), st.integers(0, 10_000), st.sampled_from(CATEGORIES))


def test_these_are_a_thousand() -> None:
    assert EDITS * EXAMPLES >= 1000


@given(st.lists(STEP, min_size=EDITS, max_size=EDITS), st.integers(3, 20), st.sampled_from(["library", "documents"]))
@settings(max_examples=EXAMPLES, deadline=None)
def test_no_ordinary_edit_is_stopped(steps: list[tuple[str, int, str]], articles: int, knows: str) -> None:
    model = Model()
    for number in range(articles):
        model.clock += 600
        model.add(CATEGORIES[number % len(CATEGORIES)])
    before = model.publish()
    for kind, number, category in steps:
        model.clock += 600
        # That an article was removed on purpose only a library knows.
        known = kind if knows == "library" or kind != "remove" else "withdraw"
        edit(model, known, model.articles[number % len(model.articles)], category)
        after = model.publish()
        if knows == "documents":
            after.reasons.clear()
        reasons = judge(compare(before, after), Gate())
        assert not reasons, (kind, [str(reason) for reason in reasons])
        before = after
