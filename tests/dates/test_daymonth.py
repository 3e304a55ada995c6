"""parse_day_month: the day of a dateline, and the near misses that are believed there."""

from __future__ import annotations

import pytest

from feeds.dates import DateError, parse_day_month


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25. Juni", (6, 25)),
        ("25 Juni", (6, 25)),
        ("25 . Juni", (6, 25)),
        (" 7.\u00a0März ", (3, 7)),
        ("3. Jänner", (1, 3)),
        ("3. Jan.", (1, 3)),
        ("12. Janur", (1, 12)),
        ("12. Januaar", (1, 12)),
        ("12. Jaunar", (1, 12)),
        ("1. Agust", (8, 1)),
        ("9. Setpember", (9, 9)),
        ("30. Novenber", (11, 30)),
        ("29. Februar", (2, 29)),
        ("7. Ma\u0308rz", (3, 7)),
        ("7. M\ufffdrz", (3, 7)),
        ("3. J?nner", (1, 3)),
    ],
)
def test_day_and_month_are_read_in_spite_of_one_slip(text: str, expected: tuple[int, int]) -> None:
    assert parse_day_month(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "25.", "Juni", "25. Jani", "5. Jui", "25. Jin", "31. Juni", "30. Februar", "0. Mai", "25. Juni 2024",
        "5. Mann", "3. Liga",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse_day_month(text)
