"""The gate stops what subscribers must not see, before anything is changed, and lets ordinary edits pass."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.newsroom import BASE, SETTINGS, Newsroom
from tests.served import serve

LATER = "2026-01-02T12:00:00Z"
ROOM = SETTINGS + '\n[feeds]\nentries = 5\nsets = ["source"]\n'
CATEGORIES = ("Politik", "Kultur", "Sport")
ARTICLES = 21


def write(room: Newsroom, number: int, **changes: str) -> None:
    """Write the article with this number; its address is one of another host."""
    headline = changes.pop("headline", f"Meldung Nummer {number}")
    room.write(
        f"{number}.txt",
        headline,
        category=changes.pop("category", CATEGORIES[number % 3]),
        stamp=changes.pop("stamp", f"{number % 28 + 1} Juni 2024, 14:05"),
        rest=changes.pop("rest", f"Das ist der Text von Nummer {number}."),
        url=changes.pop("url", f"https://zeitung.example/politik/meldung-nummer-{number}-{65000 + number}-2024/"),
        **changes,
    )


LEAD = (
    "MINSK, 29. Juni (BelTA) – Die Stadt erneuert ihr Wasserwerk von Grund auf. Das teilte die Verwaltung am Samstag "
    "mit. Geplant sind neue Pumpen, ein größerer Speicher und eine zweite Leitung in den Norden."
)
OTHER_LEAD = (
    "MINSK, 29. Juni (BelTA) – Wer im Norden wohnt, soll künftig nie mehr ohne Wasser sein, auch wenn anderswo gebaut "
    "wird: So stellte ein Sprecher die Pläne vor, über die seit Monaten gestritten worden war."
)
REST = (
    "Für den Umbau sind zwei Jahre vorgesehen. In dieser Zeit versorgt das Werk im Süden alle Viertel, und in "
    "trockenen Wochen kann der Druck sinken. Eine Rufnummer für Beschwerden wird noch eingerichtet.\n\n"
    "Die Kosten tragen Stadt und Land je zur Hälfte. „Wir haben lange darauf gewartet“, sagte eine Anwohnerin. Der "
    "Verband der Betriebe begrüßte die Pläne, verlangte aber, dass die Gebühren bis zum Ende der Arbeiten gleich "
    "bleiben."
)


def write_long(room: Newsroom, name: str, **changes: str) -> None:
    """Write an article of three paragraphs that has no address of its own, so that its id comes from what it says."""
    given = {"headline": name, "category": "Sport", "stamp": "29 Juni 2024, 14:05", "lead": LEAD, "rest": REST}
    room.write(f"{name}.txt", **{**given, **changes})


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    room = Newsroom.make(tmp_path_factory.mktemp("gate") / "room", ROOM)
    for number in range(ARTICLES):
        write(room, number)
    write_long(room, "Wasserwerk")
    room.build_well()
    return room


@pytest.fixture
def room(published: Newsroom, tmp_path: Path) -> Newsroom:
    return Newsroom(Path(shutil.copytree(published.folder, tmp_path / "room")))


def reconfigure(old: str, new: str) -> Callable[[Newsroom], None]:
    def plant(room: Newsroom) -> None:
        assert old in ROOM
        room.configure(ROOM.replace(old, new))

    return plant


def configure_kultur(setting: str) -> Callable[[Newsroom], None]:
    return lambda room: room.configure(f'{ROOM}\n[[categories]]\nlabel = "Kultur"\n{setting}\n')


def edit_ledger(room: Newsroom, pattern: str, replacement: str, count: int = 1) -> None:
    """Edit the ledger by hand; the library follows it."""
    text = room.ledger.read_text(encoding="utf-8")
    edited, found = re.subn(pattern, replacement, text, count=count, flags=re.MULTILINE)
    assert found
    room.ledger.write_text(edited, encoding="utf-8")


def delete_pages(room: Newsroom, *, keep: Callable[[int], bool] = lambda _: False) -> None:
    for number in range(ARTICLES):
        if not keep(number):
            (room.folder / "seeds" / f"{number}.txt").unlink()


def take_another_folder(room: Newsroom) -> None:
    (room.folder / "elsewhere").mkdir()
    room.configure(ROOM.replace('folder = "seeds"', 'folder = "elsewhere"'))


def delete_most_pages(room: Newsroom) -> None:
    delete_pages(room, keep=lambda number: number < 9)


def lose_ledger(room: Newsroom) -> None:
    room.ledger.unlink()
    shutil.rmtree(room.library.parent)


def mint_anew(room: Newsroom) -> None:
    room.ledger.write_text('{"ledger": 1, "namespace": "another"}\n', encoding="utf-8")


def swap_ids(room: Newsroom) -> None:
    lines = room.ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    first, second = (re.findall(r"urn:uuid:[0-9a-f-]+", lines[number])[0] for number in (-1, -2))
    lines[-1], lines[-2] = lines[-1].replace(first, second), lines[-2].replace(second, first)
    room.ledger.write_text("".join(lines), encoding="utf-8")


def move_zone(room: Newsroom) -> None:
    room.configure(ROOM.replace('layout = "belta"\n', 'layout = "belta"\ntimezone = "America/New_York"\n'))


def add_articles(count: int) -> Callable[[Newsroom], None]:
    def plant(room: Newsroom) -> None:
        for number in range(100, 100 + count):
            write(room, number, stamp=f"{number % 28 + 1} Juli 2024, 14:05", category="Politik")

    return plant


def flood_a_small_room(room: Newsroom) -> None:
    room.configure(ROOM + "\n[gate]\nmax_new = 3\n")
    add_articles(4)(room)


def save_again_under_another_key(room: Newsroom) -> None:
    write(
        room,
        20,
        url="https://zeitung.example/politik/ganz-anders-77777-2024/",
        rest="Anders.",
        stamp="28 Juli 2024, 9:00",
    )
    path = room.folder / "seeds" / "20.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("so steht es fest", "so heißt es"), encoding="utf-8")


def correct_headline_and_address(room: Newsroom) -> None:
    write(room, 20, headline="Meldung Nummer zwanzig", url="https://zeitung.example/politik/zwanzig-77777-2024/")


def save_again_with_another_headline_and_lead(room: Newsroom) -> None:
    # In a new file: in its own it would be that article, corrected.
    (room.folder / "seeds" / "Wasserwerk.txt").rename(room.folder / "seeds" / "neu.txt")
    write_long(room, "neu", headline="Streit um das Wasserwerk", lead=OTHER_LEAD)


def save_again_with_another_headline_and_time(room: Newsroom) -> None:
    write_long(
        room,
        "Wasserwerk",
        headline="Streit um das Wasserwerk",
        stamp="30 Juni 2024, 9:00",
        lead=LEAD.replace("größerer", "großer"),
    )


def edit_the_id_of_the_oldest(room: Newsroom) -> None:
    line = next(line for line in room.lines() if line["keys"][0].endswith(f"{65000}-2024"))
    edit_ledger(room, line["id"], "urn:uuid:00000000-0000-5000-8000-000000000000", 0)


def edit_the_key_of_a_page(room: Newsroom) -> None:
    edit_ledger(room, r"/artikel/\w+/wasserwerk/", "/artikel/zzzzzzzzzz/wasserwerk/", 0)


def break_pages(room: Newsroom) -> None:
    for path in (room.folder / "seeds").iterdir():
        path.write_text("Seite nicht gefunden\n", encoding="utf-8")


def lead_to_a_feed_that_was_never_published(room: Newsroom) -> None:
    for number in range(1, ARTICLES, 3):
        write(room, number, category="Bühne")
    room.build_well("--output", "anderswo", now=LATER)
    room.configure(f'{ROOM}\n[[categories]]\nlabel = "Bühne"\nwas = ["kultur"]\n')


def take_the_folder_of_another_site(room: Newsroom) -> None:
    other = Newsroom.make(room.folder / "other", SETTINGS.replace('"blatt"', '"anderes"').replace("Blatt", "Anderes"))
    other.write("a.txt", "Ganz woanders")
    other.write("b.txt", "Auch woanders", stamp="26 Juni 2024, 9:00")
    other.build_well()
    shutil.rmtree(room.public)
    shutil.copytree(other.public, room.public)


FAULTS: list[tuple[str, str, Callable[[Newsroom], None]]] = [
    ("the ledger was lost", "is missing, and feeds are published already", lose_ledger),
    ("the ledger is another", "had the id", mint_anew),
    ("an id was edited", "had the id", lambda room: edit_ledger(room, r'^(\{"id": "urn:uuid:)\w{8}', r"\g<1>00000000")),
    (
        "all ids were edited",
        "had the id",
        lambda room: edit_ledger(room, r'^(\{"id": "urn:uuid:)\w{4}', r"\g<1>0000", 0),
    ),
    (
        "a feed's id was edited",
        "the feed's own id would change",
        lambda room: edit_ledger(room, r'^(\{"feed": "politik", "id": "urn:uuid:)\w{8}', r"\g<1>00000000"),
    ),
    ("the base has another host", "own address would be https://example.net/", reconfigure(BASE, "https://example.net/")),
    ("the base has another path", f"own address would be {BASE}blog/", reconfigure(BASE, BASE + "blog/")),
    ("ids were swapped", "has the link now", swap_ids),
    ("an address has another host", "another host", lambda room: write(room, 20, url="https://www2.example/politik/meldung-nummer-20-65020-2024/")),
    ("a date moved by a day", "another date", lambda room: write(room, 19, stamp="21 Juni 2024, 14:05")),
    ("a date moved by a minute", "another date", lambda room: write(room, 20, stamp="21 Juni 2024, 14:06")),
    ("the zone is another", "another date", move_zone),
    ("all pages were deleted", "would be empty", delete_pages),
    ("the folder of pages is another", "would be empty", take_another_folder),
    ("a category's pages were deleted", "would be empty", lambda room: delete_pages(room, keep=lambda n: n % 3 != 1)),
    (
        "most pages were deleted",
        "12 articles would vanish",
        delete_most_pages,
    ),
    ("every page is an error page", "", break_pages),
    ("more came than max_new", "new or changed at once", flood_a_small_room),
    ("a hundred and one came at once", "new or changed at once", add_articles(101)),
    ("a slug changed and was forgotten", "would be empty", configure_kultur('slug = "kunst"')),
    ("two feeds became one unseen", "own id would change", lead_to_a_feed_that_was_never_published),
    ("a slug was edited", "own id would change", lambda room: edit_ledger(room, '"quelle/seeds", "la', '"x", "la')),
    ("the archives were switched off", "the archive is gone", reconfigure("entries = 5", "entries = 5\narchives = []")),
    ("a text was saved again under another key", "had the id", save_again_under_another_key),
    ("a headline was corrected, and in the address", "same time and text", correct_headline_and_address),
    ("a headline and a lead were written anew", "same time and text", save_again_with_another_headline_and_lead),
    ("a headline and a time were corrected", "same text", save_again_with_another_headline_and_time),
    ("an id in the archive was edited", "in the archive document /archiv/1/", edit_the_id_of_the_oldest),
    ("a page's key was edited", "would leave a page that is gone", edit_the_key_of_a_page),
    ("another site was there", "the feed's own id would change", take_the_folder_of_another_site),
]  # fmt: skip


def test_at_least_twenty_faults_are_planted() -> None:
    assert len(FAULTS) >= 20


@pytest.mark.parametrize(("reason", "plant"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_planted_fault_is_stopped_and_nothing_changes(
    room: Newsroom, reason: str, plant: Callable[[Newsroom], None]
) -> None:
    plant(room)
    site, ledger = room.site(), room.ledger.read_bytes() if room.ledger.exists() else None
    run = room.build("--gate", now=LATER)
    assert run.code == 1, run.told
    assert reason in run.err
    assert "files new" not in run.out
    assert room.site() == site
    assert (room.ledger.read_bytes() if room.ledger.exists() else None) == ledger


def test_an_address_is_compared_as_its_folder_is(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(room.public) as address:
        run = room.build("--gate", "--against", address, now=LATER)
        assert (run.code, "a new feed" in run.out) == (0, False), run.told
        # The feed of the source is in no list of subscriptions.
        room.configure(ROOM.replace('name = "seeds"', 'name = "andere"'))
        stopped = room.build("--gate", now=LATER)
        assert "/quelle/seeds/atom.xml: the feed would be empty" in stopped.err
        assert room.build("--gate", "--against", address, now=LATER) == stopped
        monkeypatch.setattr("feeds.diff.address.MAX_FEEDS", 2)
        run = room.build("--gate", "--against", address, now=LATER)
        assert f"note: {address}: " in run.err
        assert (
            "feeds were not asked for, beyond 2 feeds or 5 minutes: what their subscribers will see is unknown"
            in run.err
        )
        run = room.feeds("diff", address, str(room.public))
        assert f"note: {address}: " in run.err


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (configure_kultur('slug = "kunst"\nwas = ["kultur"]'), 0),
        (configure_kultur("removed = true"), 0),
        (reconfigure('sets = ["source"]\n', ""), 0),
        (configure_kultur('slug = "kunst"'), 1),
    ],
)
def test_the_folders_compared_afterwards_give_the_same_answer(
    room: Newsroom, edit: Callable[[Newsroom], None], code: int
) -> None:
    shutil.copytree(room.public, room.folder / "before")
    edit(room)
    assert room.build("--gate", now=LATER).code == code
    room.build_well(now=LATER)
    run = room.feeds("diff", "--gate", "before", "public")
    assert run.code == code, run.told


@pytest.mark.parametrize("more", ["", "[output]\npages = false\n"])
def test_what_the_library_has_seen_is_removed_is_missed_by_subscribers_all_the_same(room: Newsroom, more: str) -> None:
    room.configure(f"{ROOM}\n{more}")
    room.build_well()
    before = shutil.copytree(room.public, room.folder / "before")
    delete_most_pages(room)
    # Published elsewhere, on the same library; then something else happens.
    room.build_well("--output", "anderswo", now="2026-01-02T12:00:00Z")
    add_articles(1)(room)
    told = "12 articles would vanish without a notice, more than max_removed = 10"
    for against in ([], ["--against", "before"]):
        run = room.build("--gate", *against, now="2026-01-03T12:00:00Z")
        assert (run.code, told in run.err) == (1, True), run.told
    with serve(before) as address:
        run = room.build("--gate", "--against", address, now="2026-01-03T12:00:00Z")
        assert (run.code, told in run.err) == (1, True), run.told
    run = room.build("--gate", "--against", "anderswo", now="2026-01-03T12:00:00Z")
    assert run.code == 0, run.told


def test_the_folders_compared_afterwards_count_what_was_removed(room: Newsroom) -> None:
    room.configure(ROOM.replace("entries = 5", "entries = 20"))
    room.build_well()
    shutil.copytree(room.public, room.folder / "before")
    delete_most_pages(room)
    assert room.build("--gate", now=LATER).code == 1
    room.build_well(now=LATER)
    run = room.feeds("diff", "--gate", "before", "public")
    assert run.code == 1
    assert "articles would vanish without a notice, more than max_removed = 10" in run.out
    assert "lost: " not in run.out
    room.configure(ROOM.replace("entries = 5", "entries = 20") + "[gate]\nmax_removed = 12\n")
    assert room.feeds("diff", "--gate", "before", "public").code == 0


def test_a_reason_names_file_feed_and_entry(room: Newsroom) -> None:
    write(room, 20, stamp="21 Juni 2024, 14:06")
    name = room.ids()["Meldung Nummer 20"]
    run = room.build("--gate", "--format", "github", now=LATER)
    assert run.err.startswith("error: seeds/20.txt: would get another date, ")
    assert f"'Meldung Nummer 20' ({name}), in /atom.xml and 2 more feeds\n" in run.err
    assert "nothing was published" in run.err
    assert run.err.count("Meldung Nummer 20") == 1
    assert "::error file=seeds/20.txt,title=gate::would get another date" in run.out


def test_a_reason_names_both_files(room: Newsroom) -> None:
    """Of what would be shown twice."""
    name, other = room.ids()["Meldung Nummer 20"], room.ids()["Wasserwerk"]
    swap_ids(room)
    run = room.build("--gate", now=LATER)
    told = [line.strip() for line in run.err.splitlines() if "would be shown again" in line]
    assert [line.split(":")[:2] for line in told] == [["error", " seeds/20.txt"], ["error", " seeds/Wasserwerk.txt"]]
    assert [line.rpartition("; ")[2] for line in told] == [
        f"{name} is seeds/Wasserwerk.txt",
        f"{other} is seeds/20.txt",
    ]


def test_many_reasons_alike_are_one_line(room: Newsroom) -> None:
    for number in range(ARTICLES):
        write(room, number, url=f"https://neu.example/politik/meldung-nummer-{number}-{65000 + number}-2024/")
    run = room.build("--gate", now=LATER)
    assert run.code == 1
    (line,) = [line for line in run.err.splitlines() if "would move to another host" in line]
    assert re.match(r"error: seeds/\d+\.txt: would move to another host, links to neu\.example, not to zeit", line)
    assert line.endswith("; and so 20 more articles")
    assert "accept:" not in run.err


def test_a_move_that_stops_says_how_a_site_moves(room: Newsroom) -> None:
    hint = "a site that moves keeps its ids by its ledger and the same `[site] id`"
    write(room, 20, url="https://www2.example/politik/meldung-nummer-20-65020-2024/")
    assert hint in room.build("--gate", now=LATER).err
    write(room, 20)
    room.build_well(now=LATER)
    reconfigure(BASE, "https://example.net/")(room)
    run = room.build("--gate", now=LATER)
    assert "own address would be https://example.net/" in run.err
    assert hint in run.err


CLOCKS: list[tuple[str, str, str]] = [
    ("a clock was corrected", "2024-06-21 14:05", "2024-06-21 09:30"),
    ("a day got its clock", "2024-06-21", "2024-06-21 14:05"),
    ("a day got a late clock", "2024-06-21", "2024-06-21 23:59"),
]


@pytest.mark.parametrize(("before", "after"), [each[1:] for each in CLOCKS], ids=[each[0] for each in CLOCKS])
def test_a_clock_that_a_person_writes_stops_nothing(room: Newsroom, before: str, after: str) -> None:
    write(room, 20, published=before)
    write(room, 19, published="2024-06-20 08:00")
    room.build_well(now=LATER)
    name = room.ids()["Meldung Nummer 20"]
    write(room, 20, published=after)
    # Another one, by another time.
    write(room, 19, published="2024-06-20 08:05")
    run = room.build("--gate", now="2026-01-03T12:00:00Z")
    assert run.code == 0, run.told
    assert "2 dates moved" in run.out
    assert room.ids()["Meldung Nummer 20"] == name


def test_a_clock_that_the_page_prints_now_stops_nothing(room: Newsroom) -> None:
    """Nobody has said the one that the entry had; but of two clocks that were read, either may be wrong."""
    write(room, 20, stamp="21 Juni 2024")
    room.build_well(now=LATER)
    write(room, 20, stamp="21 Juni 2024, 16:20")
    assert room.build("--gate", now="2026-01-03T12:00:00Z").code == 0
    write(room, 20, stamp="21 Juni 2024, 16:25")
    assert room.build("--gate", now="2026-01-03T12:00:00Z").code == 1


def test_clocks_that_move_alike_are_stopped_whoever_wrote_them(room: Newsroom) -> None:
    for number in (19, 20):
        write(room, number, published=f"2024-06-{number + 1} 14:05")
    room.build_well(now=LATER)
    for number in (19, 20):
        write(room, number, published=f"2024-06-{number + 1} 15:05")
    run = room.build("--gate", now="2026-01-03T12:00:00Z")
    assert (run.code, run.err.count("would get another date")) == (1, 2), run.told
    write(room, 20, published="2024-06-21 15:05", accept="date-moved")
    run = room.build("--gate", now="2026-01-03T12:00:00Z")
    assert (run.code, run.err.count("would get another date")) == (1, 1), run.told


@pytest.mark.parametrize(
    ("zone", "moved", "is_fresh"), [("Africa/Lagos", 1, False), ("Asia/Tokyo", 2, False), ("Asia/Tokyo", 2, True)]
)
def test_a_clock_that_a_setting_moves_is_stopped_though_a_person_wrote_it(
    tmp_path: Path, zone: str, moved: int, *, is_fresh: bool
) -> None:
    """Nobody touched the files: of Berlin's clocks Lagos moves the summer's alone, Tokyo both, by 7 and by 8 hours."""
    settings = ROOM.replace("[[sources]]", 'timezone = "Europe/Berlin"\n\n[[sources]]').replace(
        'layout = "belta"\n', ""
    )
    room = Newsroom.make(tmp_path / "room", settings)
    for number, day in ((19, "2024-07-21"), (20, "2024-12-21")):
        write(room, number, published=f"{day} 10:00")
    room.build_well()
    room.configure(settings.replace("Europe/Berlin", zone))
    if is_fresh:
        shutil.rmtree(room.library.parent)
    run = room.build("--gate", now=LATER)
    assert (run.code, run.err.count("would get another date")) == (1, moved), run.told


def test_clocks_of_summer_and_winter_move_alike_where_a_zone_is_wrong(room: Newsroom) -> None:
    for number, before in ((19, "2024-07-21 10:00"), (20, "2024-12-21 10:00")):
        write(room, number, published=before)
    room.build_well(now=LATER)
    for number, after in ((19, "2024-07-21 03:00"), (20, "2024-12-21 02:00")):
        write(room, number, published=after)
    run = room.build("--gate", now="2026-01-03T12:00:00Z")
    assert (run.code, run.err.count("would get another date")) == (1, 2), run.told


@pytest.mark.parametrize(("after", "code"), [("2024-06-22 00:05", 1), ("2024-06-20", 1), ("2024-06-21", 1)])
def test_another_day_and_a_clock_that_goes_are_stopped(room: Newsroom, after: str, code: int) -> None:
    write(room, 20, published="2024-06-21 14:05")
    room.build_well(now=LATER)
    write(room, 20, published=after)
    assert room.build("--gate", now="2026-01-03T12:00:00Z").code == code


def move_address(room: Newsroom, **front: str) -> None:
    write(room, 20, url="https://www2.example/politik/meldung-nummer-20-65020-2024/", **front)


def move_date(room: Newsroom, **front: str) -> None:
    write(room, 20, published="2024-06-24 14:05", **front)


def save_again(room: Newsroom, **front: str) -> None:
    write(
        room, 20, headline="Meldung Nummer zwanzig", url="https://zeitung.example/politik/zwanzig-77777-2024/", **front
    )


@pytest.mark.parametrize(
    ("edit", "rule"), [(move_address, "host-moved"), (move_date, "date-moved"), (save_again, "shown-again")]
)
def test_the_file_of_an_article_accepts_what_the_gate_says(
    room: Newsroom, edit: Callable[..., None], rule: str
) -> None:
    edit(room)
    run = room.build("--gate", now=LATER)
    assert (run.code, f"write `accept: {rule}` into the front matter of the file" in run.err) == (1, True), run.told
    other = {"host-moved", "date-moved", "shown-again"} - {rule}
    edit(room, accept=", ".join(sorted(other)))
    assert room.build("--gate", now=LATER).code == 1
    edit(room, accept=rule)
    # Of that article alone.
    write(room, 19, stamp="24 Juni 2024, 14:05")
    run = room.build("--gate", now=LATER)
    assert (run.code, "seeds/19.txt" in run.err, "seeds/20.txt" in run.err) == (1, True, False), run.told
    write(room, 19)
    assert room.build("--gate", now=LATER).code == 0
    # A fresh checkout knows it, too, and the word corrects no text.
    assert not any("corrected" in line for line in room.lines())
    shutil.rmtree(room.library.parent)
    run = room.build("--gate", now=LATER)
    assert (run.code, "0 changed" in run.out) == (0, True), run.told


def test_a_text_that_would_be_shown_again_keeps_its_id_as_the_gate_says(room: Newsroom) -> None:
    name = room.ids()["Meldung Nummer 20"]
    correct_headline_and_address(room)
    run = room.build("--gate", now=LATER)
    assert f"had the id {name} before" in run.err
    assert "keeps its id where `id:` in its front matter names the old one" in run.err
    write(
        room, 20, headline="Meldung Nummer zwanzig", url="https://zeitung.example/politik/zwanzig-77777-2024/", id=name
    )
    assert room.build("--gate", now=LATER).code == 0
    assert room.ids()["Meldung Nummer zwanzig"] == name


def test_what_was_stopped_is_published_without_the_gate(room: Newsroom) -> None:
    write(room, 20, stamp="21 Juni 2024, 14:06")
    assert room.build("--gate", now=LATER).code == 1
    run = room.build(now=LATER)
    assert run.code == 0
    assert "1 changed" in run.out
    assert room.build("--gate", now=LATER).code == 0


def test_a_folder_that_was_made_for_nothing_is_no_empty_site(room: Newsroom) -> None:
    """Who deploys the folder of a fresh checkout, if there is one, would take the whole site down."""
    room.public.rename(room.folder / "before")
    write(room, 20, stamp="21 Juni 2024, 14:06")
    assert room.build("--gate", "--against", "before", now=LATER).code == 1
    assert not room.public.exists()
    room.public.mkdir()
    assert room.build("--gate", "--against", "before", now=LATER).code == 1
    assert room.public.is_dir()


def break_file(room: Newsroom, number: int) -> None:
    (room.folder / "seeds" / f"{number}.txt").write_text("---\ncategory: a: b\n---\nText", encoding="utf-8")


@pytest.mark.parametrize("number", [20, 3])
def test_a_published_article_does_not_go_for_a_file_that_broke(room: Newsroom, number: int) -> None:
    """However old it is, so that no feed lists it: only a library has what it said."""
    site, ledger = room.site(), room.ledger.read_bytes()
    shutil.rmtree(room.library.parent)
    break_file(room, number)
    run = room.build("--gate", "--format", "github", now=LATER)
    assert run.code == 1
    (path,) = [path for path in site if f"/meldung-nummer-{number}/" in path]
    told = f"1 published article would go ('/{path.removesuffix('index.html')}'), whose text this file may have: "
    assert f"error: seeds/{number}.txt:2: {told}the front matter is not YAML" in run.err
    assert "put quotes around values" in run.err
    assert f"::error file=seeds/{number}.txt,line=2,title=textless::{told}" in run.out
    assert (room.site(), room.ledger.read_bytes()) == (site, ledger)
    # Without the gate it goes, and that is told; with its file it is back.
    run = room.build(now=LATER)
    assert run.code == 1
    assert "note: " in run.err
    assert "1 published article is in no feed now" in run.err
    assert path not in room.site()
    write(room, number)
    room.build_well("--gate", now=LATER)
    assert room.site().keys() == site.keys()
    assert room.ledger.read_bytes() == ledger


@pytest.mark.parametrize("url", [None, "https://blatt.example/radwege.html"])
def test_a_published_article_does_not_go_for_a_typo_in_its_date_whatever_the_library_knows(
    tmp_path: Path, url: str | None
) -> None:
    room = Newsroom.make(tmp_path / "room", ROOM.replace('layout = "belta"\n', ""))
    name, rest = (
        "" if url is None else f"url: {url}\n",
        "Gestern wurden endlich neue Radwege durch die Altstadt eröffnet.\n",
    )
    text = f"---\ntitle: Radwege\npublished: 2024-06-25 14:05\n{name}---\n{rest}"
    other = "---\ntitle: Anders\npublished: 2024-06-24\n---\nEin Sommerfest.\n"
    undated = "---\ntitle: Ohne\n---\nNiemand weiß, wann das war.\n"
    for path, told in (("a.md", text), ("b.md", other), ("c.md", undated)):
        (room.folder / "seeds" / path).write_text(told, encoding="utf-8")
    room.build_well()
    site, ledger = room.site(), room.ledger.read_bytes()
    (room.folder / "seeds" / "a.md").write_text(text.replace("published", "publishd"), encoding="utf-8")
    for _ in range(2):
        shutil.rmtree(room.library.parent)
        run = room.build("--gate", now=LATER)
        assert run.code == 1
        assert "error: seeds/a.md:3: 1 published article would go" in run.err
        assert "c.md" not in run.err.partition("would go")[2].partition("\n")[0]
        assert (room.site(), room.ledger.read_bytes()) == (site, ledger)
    # Without the gate it is in no feed, in this run and the next, and back with its date.
    for _ in range(2):
        run = room.build(now=LATER)
        assert (run.code, "1 without a date, 1 with an error" in run.out) == (1, True), run.told
        assert "1 published article is in no feed now" in run.err
        assert room.ledger.read_bytes() == ledger
    (room.folder / "seeds" / "a.md").write_text(text, encoding="utf-8")
    room.build_well("--gate", now=LATER)
    assert room.ledger.read_bytes() == ledger
    # What is deleted goes, though there is a page without a date.
    (room.folder / "seeds" / "b.md").unlink()
    shutil.rmtree(room.library.parent)
    room.build_well("--gate", now=LATER)
    assert room.ids().keys() == {"Radwege"}


def test_no_file_is_suspected_whose_text_is_known(room: Newsroom) -> None:
    for day in (1, 2):
        room.write(f"neu{day}.txt", f"Vom {day}. Mai", id="selbe", stamp=f"{day} Mai 2024, 9:00")
    assert room.build(now=LATER).code == 1
    site = room.site()
    shutil.rmtree(room.library.parent)
    assert "is another article than" in room.build("--gate", now=LATER).err
    assert room.site() == site
    shutil.rmtree(room.library.parent)
    break_file(room, 3)
    run = room.build("--gate", now=LATER)
    assert run.code == 1
    (line,) = [line for line in run.err.splitlines() if "published article would go" in line]
    assert line.startswith("error: seeds/3.txt:2: ")
    assert "put quotes around values" in run.err
    assert room.site() == site


@pytest.mark.parametrize("policy", ["remove", "keep", "withdraw"])
@pytest.mark.parametrize("front", [{"status": "draft"}, {"published": "2030-01-01T10:00:00Z"}])
def test_an_article_whose_file_takes_it_back_goes_whatever_else_is_broken(
    room: Newsroom, front: dict[str, str], policy: str
) -> None:
    room.configure(ROOM + f'vanished = "{policy}"\n')
    room.build(now=LATER)
    other = Newsroom(Path(shutil.copytree(room.folder, room.folder.parent / "other")))
    shutil.rmtree(room.library.parent)
    for each in (room, other):
        break_file(each, 200)
        write(each, 20, **front)
        run = each.build("--gate", now=LATER)
        assert (run.code, "would go" in run.told, "in no feed now" in run.told) == (1, False, False)
        assert "error: seeds/200.txt:2: the front matter is not YAML" in run.err
    assert "Meldung Nummer 20" not in room.ids()
    assert b"at:deleted-entry" in room.site()["atom.xml"]
    assert any("left" in line for line in room.lines())
    assert room.ledger.read_bytes() == other.ledger.read_bytes()
    assert room.site() == other.site()


def test_a_file_that_broke_holds_back_nothing_where_the_library_has_what_it_said(room: Newsroom) -> None:
    break_file(room, 20)
    add_articles(1)(room)
    run = room.build("--gate", now=LATER)
    assert (run.code, "1 new" in run.out) == (1, True)
    assert {"Meldung Nummer 20", "Meldung Nummer 100"} <= room.ids().keys()


def test_a_new_file_that_is_broken_holds_back_nothing(room: Newsroom) -> None:
    shutil.rmtree(room.library.parent)
    break_file(room, 200)
    add_articles(1)(room)
    assert room.build("--gate", now=LATER).code == 1
    assert "Meldung Nummer 100" in room.ids()


def remove(room: Newsroom, number: int) -> None:
    (room.folder / "seeds" / f"{number}.txt").unlink()


def rename(room: Newsroom, number: int) -> None:
    path = room.folder / "seeds" / f"{number}.txt"
    path.rename(path.with_stem("neu"))


DAYS: list[Callable[[Newsroom], None]] = [
    add_articles(5),
    lambda room: write(room, 20, rest="Berichtigt.", headline="Meldung Nummer 20, berichtigt"),
    lambda room: write(room, 19, status="withdrawn", reason="Falsch."),
    lambda room: remove(room, 18),
    lambda room: remove(room, 2),
    lambda room: write(room, 17, category="Wirtschaft"),
    lambda room: write(room, 3, category="Politik"),
    lambda room: rename(room, 16),
    lambda room: write(room, 18),
    lambda room: write(room, 19),
    lambda room: edit_ledger(room, r"(/artikel/\w+)/wasserwerk/", r"\1/das-wasserwerk/", 0),
    lambda room: room.configure(ROOM.replace("entries = 5", "entries = 4")),
    configure_kultur('slug = "kunst"\nwas = ["kultur"]'),
    configure_kultur('slug = "kunst"\nwas = ["kultur"]\nremoved = true'),
    lambda room: room.configure((room.folder / "config.toml").read_text(encoding="utf-8").replace("Blatt", "Neues")),
]
"""Days of a newsroom: what is new, corrected, withdrawn, removed, recategorised, moved, back, renamed, closed."""


def test_ordinary_days_pass(room: Newsroom) -> None:
    for day, edit in enumerate(DAYS, 2):
        edit(room)
        run = room.build("--gate", now=f"2026-01-{day:02}T12:00:00Z")
        assert run.code == 0, (day, run.told)


def test_ids_that_other_formats_have_are_known_in_all(room: Newsroom) -> None:
    """Adopted articles have a guid in RSS that can't stand in Atom, whose archive both share."""
    text = room.ledger.read_text(encoding="utf-8")
    for number in range(10, ARTICLES):
        text = re.sub(rf'(?m)^(\{{"id": .*meldung-nummer-{number}/", )', rf'\1"guid": "nr{number}", ', text)
    room.ledger.write_text(text, encoding="utf-8")
    room.build_well(now=LATER)
    assert b">nr20</guid>" in room.site()["rss.xml"]
    add_articles(8)(room)
    run = room.build("--gate", now="2026-01-03T12:00:00Z")
    assert run.code == 0, run.told
    assert "/: 8 new, 0 corrected, 0 shown again, 0 withdrawn, 0 lost, 0 dates moved\n" in run.out
    for number in range(102, 108):
        remove(room, number)
    run = room.build("--gate", now="2026-01-04T12:00:00Z")
    assert run.code == 0, run.told
    assert "/: 0 new, 0 corrected" in run.out
