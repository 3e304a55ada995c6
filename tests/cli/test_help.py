"""Help: what every command does, in a whole sentence, however narrow the terminal."""

from __future__ import annotations

import pytest

from feeds.cli import COMMANDS, main


def test_no_sentence_is_cut_in_the_list_of_commands(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = capsys.readouterr().out.partition("Commands:")[2]
    assert "..." not in listed
    assert listed.count(".\n") == len(COMMANDS)
