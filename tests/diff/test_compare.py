"""What a reader notices, counted: each kind of change, in every format, with archives and without."""

from __future__ import annotations

import pytest

from feeds.config import Gate
from feeds.diff import FeedDiff, compare, judge
from tests.modelled import BASE, WINDOW, Model, Published


@pytest.fixture
def model() -> Model:
    model = Model()
    for number in range(2 * WINDOW + 3):
        model.clock += 600
        model.add(("politik", "kultur")[number % 2])
    return model


def change(published: Published, old: str, new: str, *paths: str) -> Published:
    """The same documents with a text replaced in some of them."""
    documents = dict(published.documents)
    for path in paths or documents:
        documents[path] = documents[path].replace(old.encode(), new.encode())
    assert documents != published.documents
    return Published(documents, published.reasons)


def find(diffs: list[FeedDiff], path: str) -> FeedDiff:
    return next(diff for diff in diffs if diff.path == path)


def test_the_same_documents_change_nothing(model: Model) -> None:
    assert all(diff.is_unchanged for diff in compare(model.publish(), model.publish()))


@pytest.mark.parametrize("path", ["atom.xml", "rss.xml"])
def test_each_kind_of_change_is_counted_once(model: Model, path: str) -> None:
    before = model.publish()
    newest = list(model.articles.values())[-4:]
    model.clock += 600
    for _ in range(3):
        model.add("politik")
    newest[0].text = "Berichtigt."
    newest[1].is_withdrawn = True
    newest[2].is_removed = True
    diff = find(compare(before, model.publish()), path)
    assert diff.summarise() == (
        "3 new, 1 corrected, 0 shown again, 1 withdrawn, 0 lost, 0 dates moved, 1 removed without a notice"
    )


@pytest.mark.parametrize("path", ["atom.xml", "rss.xml"])
@pytest.mark.parametrize("had_notice", [True, False])
def test_a_tombstone_ends_a_notice_or_tells_of_a_removal(model: Model, path: str, *, had_notice: bool) -> None:
    """Where only the documents can be asked, as in two folders."""
    last = model.articles[len(model.articles) - 1]
    last.is_withdrawn = had_notice
    before = model.publish()
    last.is_removed = True
    after = model.publish()
    after.reasons.clear()
    tombstone = f'<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="{last.id}"/></feed>'
    after = change(after, "</feed>", tombstone)
    diffs = compare(before, after)
    kinds = {kind: number for kind, number in find(diffs, path).count().items() if number}
    assert kinds == {"withdrawn" if had_notice else "removed": 1}
    reasons = [reason.rule for reason in judge(diffs, Gate(max_removed=0))]
    assert reasons == ([] if had_notice else ["removed"])
    assert judge(diffs, Gate(max_removed=1)) == []
    assert [reason.rule for reason in judge(diffs, Gate(max_removed=1), removed={"a", "b"})] == ["removed"]


def test_an_article_that_went_straight_into_another_feeds_archive_is_not_lost() -> None:
    model = Model()
    for number in range(3 + 2 * WINDOW - 1):
        model.clock += 600
        model.add("kultur" if number < 3 else "politik")
    before = model.publish()
    model.recategorise(model.articles[0], "politik")
    after = model.publish()
    after.reasons.clear()
    assert not judge(compare(before, after), Gate())


@pytest.mark.parametrize("path", ["atom.xml", "politik/rss.xml"])
def test_what_moved_into_the_archive_is_not_lost(model: Model, path: str) -> None:
    before = model.publish()
    for _ in range(3 * WINDOW):
        model.clock += 600
        model.add("politik")
    diff = find(compare(before, model.publish()), path)
    assert not diff.list_changes("lost")
    # What went through the document between two polls is told by the archive documents that are new.
    assert len(diff.list_changes("new")) == 3 * WINDOW


def test_what_comes_back_from_the_archive_is_not_new(model: Model) -> None:
    before = model.publish()
    for article in list(model.articles.values())[-4:]:
        article.is_removed = True
    diff = find(compare(before, model.publish()), "rss.xml")
    assert not diff.list_changes("new")
    assert len(diff.list_changes("removed")) == 4


def test_an_id_that_is_gone_without_reason_is_lost(model: Model) -> None:
    before, name = model.publish(), model.articles[14].id
    after = Published(model.publish().documents)
    for path, body in after.documents.items():
        entries = body.split(b"<entry>" if path.endswith("atom.xml") else b"<item>")
        end = b"</feed>" if path.endswith("atom.xml") else b"</channel></rss>"
        kept = [entry.removesuffix(end) for entry in entries if f">{name}<".encode() not in entry]
        after.documents[path] = (b"<entry>" if path.endswith("atom.xml") else b"<item>").join(kept) + end
    diffs = compare(before, after)
    assert [each.id for each in find(diffs, "atom.xml").list_changes("lost")] == [name]
    assert {reason.rule for reason in judge(diffs, Gate())} == {"lost"}


def test_another_id_for_a_known_link_is_shown_again(model: Model) -> None:
    before = model.publish()
    diffs = compare(before, change(before, "urn:x:14<", "urn:y:14<"))
    assert find(diffs, "rss.xml").count()["shown-again"] == 1
    assert not find(diffs, "rss.xml").list_changes("lost")
    reasons = judge(diffs, Gate())
    assert [str(reason) for reason in reasons if reason.path == "atom.xml"] == [
        "/atom.xml: would be shown again, had the id urn:x:14 before (same link): 'Meldung 14' (urn:y:14)"
    ]


def test_an_article_of_the_archive_with_another_id_is_shown_again(model: Model) -> None:
    before = model.publish()
    entry = b"<entry><id>urn:y:1</id><title>Meldung 1</title><published>2024-06-25T11:00:00Z</published></entry>"
    documents = {path: body.replace(b"urn:x:1<", b"urn:z:1<") for path, body in before.documents.items()}
    documents["atom.xml"] = documents["atom.xml"].replace(b"</feed>", entry + b"</feed>")
    change_shown = find(compare(before, Published(documents)), "atom.xml").list_changes("shown-again")
    assert [each.what for each in change_shown] == ["had the id urn:x:1 before (same headline)"]


def test_two_articles_may_share_a_headline(model: Model) -> None:
    before = model.publish()
    model.clock += 600
    model.add("politik").title = model.articles[14].title
    diff = find(compare(before, model.publish()), "politik/atom.xml")
    assert diff.count()["new"] == 1
    assert diff.count()["shown-again"] == 0


def test_one_article_under_two_ids_is_shown_again(model: Model) -> None:
    before = model.publish()
    after = model.publish()
    for path in ("atom.xml", "politik/atom.xml"):
        body = after.documents[path]
        start = body.index(b"<entry><id>urn:x:14<")
        entry = body[start : body.index(b"</entry>", start) + 8]
        after.documents[path] = body.replace(b"</feed>", entry.replace(b"urn:x:14", b"urn:x:99") + b"</feed>")
    diffs = compare(before, after)
    assert [each.what for each in find(diffs, "atom.xml").list_changes("shown-again")] == [
        "is there twice, with the same link as urn:x:14"
    ]


REPORT = "Der Rat der Stadt hat am Abend die neue Satzung beschlossen, teilte die Verwaltung am Dienstag mit."


def replace_report(model: Model, number: int, text: str, *, seconds: int = 0) -> tuple[Published, Published]:
    """Before and after an article goes and another comes, with a headline and an address of its own."""
    old = model.articles[number]
    old.text = REPORT
    before = model.publish()
    old.is_removed = True
    new = model.add(old.category)
    new.title, new.text, new.published = "Rat beschließt Satzung", text, old.published + seconds
    return before, model.publish()


@pytest.mark.parametrize("text", [REPORT, REPORT.replace("am Abend", "am späten Abend")])
@pytest.mark.parametrize("number", [14, 1])
@pytest.mark.parametrize("knows", ["library", "documents"])
def test_a_headline_and_an_address_corrected_at_once_are_shown_again(
    model: Model, text: str, number: int, knows: str
) -> None:
    # Number 14 is in the document, number 1 in the archive, where a tombstone stands for it afterwards.
    before, after = replace_report(model, number, text)
    if knows == "documents":
        after.reasons.clear()
    diff = find(compare(before, after), "atom.xml")
    assert [each.what for each in diff.list_changes("shown-again")] == [
        f"had the id urn:x:{number} before (same time and text)"
    ]
    assert not diff.list_changes("removed")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Ein Lastwagen ist am Abend von der Straße abgekommen, teilte die Polizei am Dienstag mit.", 0),
        (REPORT, 60),
    ],
)
def test_another_report_of_that_minute_or_the_same_later_is_another(model: Model, text: str, seconds: int) -> None:
    diffs = compare(*replace_report(model, 14, text, seconds=seconds))
    assert not [each for diff in diffs for each in diff.list_changes("shown-again")]


def test_two_reports_of_one_minute_with_one_text_are_two(model: Model) -> None:
    model.articles[14].text = REPORT
    before = model.publish()
    other = model.add("politik")
    other.text, other.published = REPORT, model.articles[14].published
    assert not judge(compare(before, model.publish()), Gate())


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("2024-06-25T14:16:40Z</published>", "2024-06-25T14:16:41Z</published>", "date-moved"),
        ("https://zeitung.example/14.html", "https://andere.example/14.html", "host-moved"),
        (f'rel="self" href="{BASE}politik', f'rel="self" href="{BASE}blog/politik', "feed-address"),
        ("https://zeitung.example/14.html", "https://zeitung.example/13.html", "shown-again"),
        ("urn:feed:politik", "urn:feed:sport", "feed-id"),
        (f'rel="self" href="{BASE}politik', 'rel="self" href="https://andere.example/politik', "feed-address"),
        (f'rel="prev-archive" href="{BASE}archiv/2', f'rel="next-archive" href="{BASE}archiv/2', "lost"),
    ],
)
def test_a_fault_in_one_document_is_told_by_its_rule(model: Model, old: str, new: str, rule: str) -> None:
    before = model.publish()
    reasons = judge(compare(before, change(before, old, new)), Gate())
    assert {reason.rule for reason in reasons} == {rule}


def test_a_feed_that_is_gone_is_a_reason(model: Model) -> None:
    before, after = model.publish(), model.publish()
    for path in [path for path in after.documents if path.startswith("kultur/")]:
        del after.documents[path]
    assert {reason.rule for reason in judge(compare(before, after), Gate())} == {"feed-gone"}


def test_a_saved_feed_with_another_name_is_told_what_it_goes_by(model: Model) -> None:
    before, after = model.publish(), model.publish()
    before.documents = {"alt.xml": before.documents["rss.xml"]}
    (reason,) = judge(compare(before, after), Gate())
    assert reason.rule == "feed-gone"
    assert "told by its file's name: is it that of atom.xml, rss.xml, feed.json?" in reason.what


def test_more_than_max_new_is_a_flood_whatever_the_document_holds(model: Model) -> None:
    before = model.publish()
    for _ in range(4 * WINDOW):
        model.clock += 600
        model.add("politik")
    diffs = compare(before, model.publish())
    assert judge(diffs, Gate(max_new=4 * WINDOW)) == []
    reasons = judge(diffs, Gate(max_new=4 * WINDOW - 1))
    assert [(reason.path, reason.rule) for reason in reasons] == [("atom.xml", "flood"), ("politik/atom.xml", "flood")]


def test_a_reason_is_told_once_for_all_formats(model: Model) -> None:
    before = model.publish()
    reasons = judge(compare(before, change(before, "zeitung.example/14", "andere.example/14")), Gate())
    assert [reason.path for reason in reasons] == ["atom.xml", "politik/atom.xml"]


def test_a_chain_of_archives_that_runs_in_a_circle_ends() -> None:
    model = Model()
    for _ in range(WINDOW + 1):
        model.add("politik")
    before = model.publish()
    path = "archiv/1/atom.xml"
    link = f'<link rel="prev-archive" href="{BASE}{path}"/></feed>'.encode()
    before.documents[path] = before.documents[path].replace(b"</feed>", link)
    assert compare(before, before)


def make_small(articles: int) -> Model:
    model = Model()
    for _ in range(articles):
        model.clock += 600
        model.add("sport")
    return model


@pytest.mark.parametrize(
    ("articles", "removed", "category", "stopped"),
    [
        (1, 1, "politik", False),
        (2, 2, "politik", True),
        (2, 1, "kultur", False),
        (2, 0, "kultur", False),
        (2, 0, "neu", True),
        (3, 0, "kultur", True),
    ],
)
def test_a_feed_that_is_emptied_by_accident_is_a_reason(
    articles: int, removed: int, category: str, *, stopped: bool
) -> None:
    model = make_small(articles)
    small = list(model.articles.values())
    model.add("politik")
    model.add("kultur")
    before = model.publish()
    for number, article in enumerate(small):
        if number < removed:
            article.is_removed = True
        else:
            model.recategorise(article, category)
    rules = {(reason.path, reason.rule) for reason in judge(compare(before, model.publish()), Gate())}
    assert rules == ({("sport/atom.xml", "emptied")} if stopped else set())


@pytest.mark.parametrize(
    ("articles", "corrected", "told"),
    [(12, 12, "6 of 6 entries corrected at once"), (12, 3, ""), (4, 4, "")],
)
def test_that_nearly_all_entries_are_corrected_at_once_is_told_and_stops_nothing(
    articles: int, corrected: int, told: str
) -> None:
    model = make_small(articles)
    before = model.publish()
    for article in list(model.articles.values())[articles - corrected :]:
        article.text += " Startseite Politik Kultur Sport"
    diffs = compare(before, model.publish())
    assert [line for diff in diffs if (line := diff.summarise().partition("dates moved")[2])] == (
        [f", {told}"] * len(diffs) if told else []
    )
    assert not judge(diffs, Gate())


def test_an_article_of_the_archive_is_known_by_its_text_whatever_its_time() -> None:
    model = Model()
    for _ in range(3 * WINDOW):
        model.clock += 600
        model.add("politik")
    model.articles[
        1
    ].text = f"{REPORT} Sie gilt vom Januar an für alle Betriebe, die Wasser aus dem Netz der Stadt entnehmen."
    before = model.publish()
    model.articles[1].is_removed = True
    again = model.add("politik")
    again.text, again.published = model.articles[1].text, model.clock + 90_000
    after = model.publish()
    for knows in ("library", "documents"):
        if knows == "documents":
            after.reasons.clear()
        told = find(compare(before, after), "rss.xml").list_changes("shown-again")
        assert [each.what for each in told] == ["had the id urn:x:1 before (same text)"]


@pytest.mark.parametrize(
    ("link", "pages", "told"),
    [
        ("artikel/2/", ["artikel/2/"], 1),
        ("artikel/2/", ["artikel/2/", "artikel/1/"], 0),
        ("artikel/2/", [], 0),
        ("atom.xml#artikel/1/", ["atom.xml"], 0),
    ],
)
def test_a_page_that_an_entry_leaves_must_lead_on(link: str, pages: list[str], told: int) -> None:
    """Where the site goes on without pages, links lead to its feeds."""
    model = make_small(1)
    before = change(model.publish(), "https://zeitung.example/0.html", f"{BASE}artikel/1/")
    after = change(model.publish(), "https://zeitung.example/0.html", f"{BASE}{link}")
    assert not judge(compare(before, after), Gate())
    before.documents["artikel/1/"] = b"A page"
    after.documents.update({page: b"A page" for page in pages if page.endswith("/")})
    reasons = judge(compare(before, after), Gate())
    assert [(each.rule, each.path) for each in reasons] == [("page-gone", "atom.xml"), ("page-gone", "sport/atom.xml")][
        : 2 * told
    ]
