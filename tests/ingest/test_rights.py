"""Which rules bind an article: names are compared so that in doubt one does."""

from __future__ import annotations

import pytest

from feeds.article import Article, Dateline
from feeds.config import Rule
from feeds.ingest.publication.rights import find_rights, list_names


@pytest.mark.parametrize(
    ("rule", "agency", "binds"),
    [
        ("dpa", "dpa", True),
        ("DPA", "dpa", True),
        ("dpa", "dpa/lhe", True),
        ("dpa", "AFP, dpa", True),
        ("dpa", "dpa-AFX", True),
        ("dpa", "dpa-infocom GmbH", True),
        ("dpa", "Deutsche Presse-Agentur", True),
        ("Deutsche Presse-Agentur", "dpa", True),
        ("dpa", "Deutsche Presse Agentur", True),
        ("dpa", "Deutsche Presse\u2011Agentur", True),
        ("APA", "Austria Presse-Agentur", True),
        ("dpa-AFX", "dpa AFX", True),
        ("SDA", "Keystone-SDA", True),
        ("Musterdienst", "Musterdienst", True),
        ("dpa-AFX", "dpa", False),
        ("AP", "APA", False),
        ("dpa", "AFP", False),
    ],
)
def test_rule_for_an_agency_binds_all_that_has_its_name(rule: str, agency: str, binds: bool) -> None:  # noqa: FBT001 (a case)
    rules = [Rule(agency=rule, content="headline")]
    extent = "headline" if binds else "full"
    for article in (
        Article(dateline=Dateline("Berlin", None, agency)),
        Article(dateline=Dateline("Berlin", None, "mla"), agencies=(agency,)),
        Article(authors=(agency,)),
    ):
        assert find_rights(list_names(article, ("Politik",)), article.access, rules).extent == extent


def test_rule_for_an_author_needs_the_whole_name() -> None:
    rules = [Rule(author="Muster", content="headline")]
    names = list_names(Article(authors=("Erika Muster",)), ("Politik",))
    assert find_rights(names, "free", rules).extent == "full"
