"""What begins with a standing line is an article of its own; what is corrected in its file stays itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.newsroom import Newsroom

SETTINGS = """\
[site]
title = "Blatt"
base_url = "https://blatt.example/"
id = "blatt"
"""
POLICE = [
    "In Singen ist ein Radfahrer von einem Lastwagen erfasst worden, der beim Abbiegen den Radweg übersehen hatte.",
    "Unbekannte haben in Radolfzell elf Gartenhäuser aufgebrochen und Werkzeug gestohlen, wie das Revier mitteilte.",
    "Zwei Jugendliche sprühten am Bahnhof Graffiti an abgestellte Güterwaggons. Zeugen riefen die Bundespolizei.",
    "Beim Brand einer Scheune verendeten vierzig Kälber. Ursache war vermutlich ein technischer Defekt.",
]
LETTERS = [
    ("Leserbrief", "27 16:00", "wer täglich durch die Münsterstraße radelt, weiß: Die Lieferwagen sind das Problem."),
    ("Leserbrief", "27 17:30", "der Bericht über das Klinikum verschweigt, dass unsere Kreisräte dagegen waren."),
    ("Danke an die Feuerwehr", "28 09:00", "herzlichen Dank an unsere Feuerwehr für den Einsatz am Sonntag!"),
    ("Zu laut: die Glocken", "28 09:30", "die Glocken läuten nachts zu laut. Bitte abstellen."),
]
STEG = [
    "Die Stadt hat am Samstag den Steg eröffnet. Er kostete 4,8 Millionen Euro.",
    "Gebaut wurde drei Jahre lang. Die Stadt rechnet mit 200.000 Besuchern im Jahr, sagte die Oberbürgermeisterin.",
]
OTHER = ["Unbekannte sprengten nachts einen Geldautomaten.", "Zeugen hörten gegen vier Uhr einen lauten Knall."]


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom.make(tmp_path / "room", SETTINGS)


def write(newsroom: Newsroom, name: str, title: str, stamp: str, *paragraphs: str, **front: str) -> Path:
    """Write an article as its editor does, of a day and a time in November 2026."""
    said = {"title": title, "published": f"2026-11-{stamp}", "category": "Lokales", **front}
    lines = "".join(f'{key}: "{value}"\n' for key, value in said.items())
    path = newsroom.folder / "seeds" / name
    text = "\n\n".join(paragraphs)
    path.write_text(f"---\n{lines}---\n{text}\n", encoding="utf-8")
    return path


def build(newsroom: Newsroom, day: int) -> list[tuple[str, str]]:
    """Build on a day: the id and the text of all entries, as a library that was made anew has them."""
    now = f"2026-12-{day:02}T12:00:00Z"
    other = newsroom.copy_to(newsroom.folder.with_name(f"anew {day}"))
    for room in (newsroom, other):
        room.build_well("--strict", now=now)
    assert other.site() == newsroom.site()
    assert other.ledger.read_bytes() == newsroom.ledger.read_bytes()
    return [(entry.id, entry.content[0].value) for entry in newsroom.entries()]


def write_levels(newsroom: Newsroom, day: int, title: str) -> None:
    level = 300 + day
    write(
        newsroom,
        f"pegel-{day}.md",
        title.format(day=day),
        f"{day} 08:00",
        "Jeden Morgen meldet die Wasserschutzpolizei die Pegelstände der Häfen am Bodensee.",
        f"Konstanz: {level} Zentimeter. Überlingen: {level - 1} Zentimeter. Lindau: {level + 2} Zentimeter.",
        "Für die Schifffahrt bestehen derzeit keine Einschränkungen. Die Fähren verkehren alle nach Fahrplan. "
        "Sportbootfahrer werden gebeten, auf treibendes Holz zu achten.",
    )


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("title", ["Polizeibericht", "Pegelstände", "Pegelstände am {day}. November"])
def test_reports_of_several_days_are_one_a_day(newsroom: Newsroom, title: str, *, at_once: bool) -> None:
    for number, text in enumerate(POLICE):
        if title == "Polizeibericht":
            line = "Aus dem Bericht des Polizeipräsidiums Konstanz:"
            write(newsroom, f"polizei-{number}.md", title, f"{20 + number} 10:00", line, text)
        else:
            write_levels(newsroom, 20 + number, title)
        if not at_once:
            build(newsroom, number + 1)
    assert len(dict(build(newsroom, 9))) == len(POLICE)
    assert not newsroom.entries("korrekturen")


@pytest.mark.parametrize("at_once", [False, True])
def test_letters_with_one_salutation_are_one_each_though_they_are_short(newsroom: Newsroom, *, at_once: bool) -> None:
    for number, (title, stamp, text) in enumerate(LETTERS):
        write(newsroom, f"{number}.md", title, stamp, "Sehr geehrte Redaktion,", text)
        if not at_once:
            build(newsroom, number + 1)
    assert len(dict(build(newsroom, 9))) == len(LETTERS)
    assert not newsroom.entries("korrekturen")


def test_a_letter_never_takes_the_place_of_one_of_its_day_that_was_deleted(newsroom: Newsroom) -> None:
    first = write(newsroom, "a.md", *LETTERS[0][:2], "Sehr geehrte Redaktion,", LETTERS[0][2])
    ((before, _),) = build(newsroom, 1)
    first.unlink()
    write(newsroom, "b.md", *LETTERS[1][:2], "Sehr geehrte Redaktion,", LETTERS[1][2])
    ((after, _),) = build(newsroom, 2)
    assert before != after


def test_two_short_texts_with_one_headline_and_day_are_told_and_not_lost(newsroom: Newsroom) -> None:
    for number, (_, _, text) in enumerate(LETTERS[2:]):
        write(newsroom, f"{number}.md", "Leserbrief", "28", "Sehr geehrte Redaktion,", text)
    run = newsroom.build(now="2026-12-01T12:00:00Z")
    assert run.code == 1
    assert "seeds/1.md: is another article than seeds/0.md, but has its headline and its time" in run.err


@pytest.mark.parametrize("day", ["28", "29"])
def test_the_same_text_in_two_files_is_one_article_on_whatever_day(newsroom: Newsroom, day: str) -> None:
    write(newsroom, "a.md", "Steg eröffnet", "28 09:15", *STEG)
    write(newsroom, "b.md", "Steg eröffnet", f"{day} 11:00", *STEG)
    assert len(build(newsroom, 1)) == 1


def test_a_report_that_is_published_again_with_more_on_its_day_is_one_article(newsroom: Newsroom) -> None:
    write(newsroom, "a.md", "Steg eröffnet", "28 09:15", STEG[0])
    ((identifier, _),) = build(newsroom, 1)
    write(newsroom, "b.md", "Längster Steg eröffnet", "28 11:00", *STEG)
    ((same, text),) = build(newsroom, 2)
    assert same == identifier
    assert "Gebaut" in text


@pytest.mark.parametrize("paragraphs", [STEG, STEG[:1]])
def test_a_headline_and_first_paragraph_corrected_in_their_file_are_a_correction(
    newsroom: Newsroom, paragraphs: list[str]
) -> None:
    write(newsroom, "steg.md", "Stadt eröffnet längsten Steg am See", "28 09:15", *paragraphs)
    write(newsroom, "markt.md", "Markt öffnet", "28 09:15", "Der Markt am Hafen ist wieder offen.")
    before = dict(build(newsroom, 1))
    lead, *rest = paragraphs
    lead = lead.replace("4,8 Mill", "5,1 Mill")
    front = {"reason": "Der Steg ist nur der zweitlängste, und teurer."}
    write(newsroom, "steg.md", "Stadt eröffnet zweitlängsten Steg am See", "28 09:15", lead, *rest, **front)
    after = dict(build(newsroom, 2))
    assert after.keys() == before.keys()
    (told,) = newsroom.entries("korrekturen")
    assert "zweitlängste, und teurer" in told.content[0].value
    # It stays so when it is moved, and when the next headline is corrected.
    (newsroom.folder / "seeds/steg.md").rename(newsroom.folder / "seeds/neu.md")
    assert dict(build(newsroom, 3)) == after
    write(newsroom, "neu.md", "Steg offen", "28 09:15", lead.replace("Samstag", "Sonnabend"), *rest)
    assert dict(build(newsroom, 4)).keys() == before.keys()


def test_a_text_without_a_headline_stays_itself_when_its_first_sentence_is_corrected(newsroom: Newsroom) -> None:
    write(newsroom, "steg.md", "", "28 09:15", *STEG)
    ((before, _),) = build(newsroom, 1)
    write(newsroom, "steg.md", "", "28 09:15", STEG[0].replace("Samstag", "Sonntag"), STEG[1])
    assert dict(build(newsroom, 2)).keys() == {before}
    assert len(newsroom.entries("korrekturen")) == 1


@pytest.mark.parametrize("stamp", ["28 09:15", "28 18:00", "29 09:15"])
def test_another_text_in_the_same_file_is_another_article(newsroom: Newsroom, stamp: str) -> None:
    write(newsroom, "latest.md", "Stadt eröffnet Steg", "28 09:15", *STEG)
    ((before, _),) = build(newsroom, 1)
    write(newsroom, "latest.md", "Geldautomat gesprengt", stamp, *OTHER)
    ((after, text),) = build(newsroom, 2)
    assert after != before
    assert "Knall" in text
    assert not newsroom.entries("korrekturen")


def test_a_corrected_file_stays_its_article_though_its_former_text_is_kept_beside_it(newsroom: Newsroom) -> None:
    write(newsroom, "steg.md", "Stadt eröffnet längsten Steg", "28 09:15", *STEG)
    ((before, _),) = build(newsroom, 1)
    write(newsroom, "steg (alt).md", "Stadt eröffnet längsten Steg", "28 09:15", *STEG)
    lead = STEG[0].replace("4,8", "5,1")
    write(newsroom, "steg.md", "Stadt eröffnet Steg", "28 09:15", lead, STEG[1], updated="2026-11-28 12:00")
    ((after, text),) = build(newsroom, 2)
    assert after == before
    assert "5,1" in text


def test_a_better_key_counts_more_than_the_file(newsroom: Newsroom) -> None:
    for name, identifier in (("a.md", "eins"), ("b.md", "zwei")):
        write(newsroom, name, "Stadt eröffnet Steg", "28 09:15", *STEG, id=identifier)
    before = dict(build(newsroom, 1))
    write(newsroom, "a.md", "Steg ist offen", "28 09:15", STEG[0].replace("4,8", "5,1"), STEG[1], id="drei")
    after = dict(build(newsroom, 2))
    assert len(before.keys() & after.keys()) == 1
    assert len(after) == 2


def test_an_erased_text_sets_no_other_one_aside_that_comes_to_its_file(newsroom: Newsroom) -> None:
    write(newsroom, "latest.md", "Stadt eröffnet Steg", "28 09:15", *STEG)
    build(newsroom, 1)
    now = "2026-12-02T12:00:00Z"
    assert newsroom.feeds("erase", "seeds/latest.md", "--yes", "--now", now).code == 0
    assert not [key for line in newsroom.lines() for key in line["keys"] if "file" in key]
    write(newsroom, "latest.md", "Geldautomat gesprengt", "28 18:00", *OTHER)
    assert [text for _, text in build(newsroom, 3) if "Knall" in text]
