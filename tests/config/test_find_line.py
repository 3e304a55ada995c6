"""Where a setting stands: the line of its key, in whatever order, with whatever comments between."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.config import parse_config
from feeds.config.lines import Key, find_line
from feeds.errors import ConfigError

VALUES = st.sampled_from(
    ['"x"', "17", "true", "[1, 2]", '[\n  "a",\n  "b",  # zwei\n]', '"""eins\nzwei\n"""', "{ a = 1 }", "'x # y'"]
)
NOISE = st.sampled_from(["", "", "# nur so\n", "\n", "\n\n# [site]\n# title = 1\n"])
KEYS = st.lists(st.sampled_from(["title", "slug", "label", "name", "entries", '"alt"']), unique=True, max_size=4)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[Key, int]]:
    """A TOML text, and the line of each key and table in it."""
    text = ""
    lines: dict[Key, int] = {}
    for table, is_array in draw(
        st.permutations([("site", False), ("feeds", False), ("categories", True), ("sources", True)])
    ):
        for number in range(draw(st.integers(0, 2 if is_array else 1))):
            text += draw(NOISE)
            where: Key = (table, number) if is_array else (table,)
            lines[where] = text.count("\n") + 1
            text += f"[[{table}]]\n" if is_array else f"[{table}]\n"
            for key in draw(KEYS):
                text += draw(NOISE)
                lines[(*where, key.strip('"'))] = text.count("\n") + 1
                text += f"{key} = {draw(VALUES)}{draw(st.sampled_from(['', '  # Anmerkung']))}\n"
    return text, lines


@given(documents())
def test_every_key_has_its_line(tmp_path_factory: pytest.TempPathFactory, document: tuple[str, dict[Key, int]]) -> None:
    text, lines = document
    tomllib.loads(text)
    path = tmp_path_factory.getbasetemp() / "find-line.toml"
    path.write_text(text, encoding="utf-8")
    assert {key: find_line(path, key) for key in lines} == lines


def test_a_key_that_is_missing_has_the_line_of_its_table(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('\n[site]\ntitle = "x"\n\n[[categories]]\nslug = "y"\n', encoding="utf-8")
    assert find_line(path, ("categories", 0, "label")) == 5
    assert find_line(path, ("categories", 1, "label")) is None
    assert find_line(path, ("serve", "port")) is None
    assert find_line(None, ("site", "title")) is None


def test_tables_of_one_name_may_stand_apart(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    text = """
[[sources]]
name = "a"
[output]
folder = [
  "[x]",
]
[[sources]]
name = '''
[[sources]]
'''
[sources.patterns]
stamp.x = "y"
"""
    path.write_text(text, encoding="utf-8")
    assert find_line(path, ("sources", 0, "name")) == 3
    assert find_line(path, ("output", "folder")) == 5
    assert find_line(path, ("sources", 1)) == 8
    assert find_line(path, ("sources", 1, "name")) == 9
    assert find_line(path, ("sources", 1, "patterns", "end")) == 12
    assert find_line(path, ("sources", 1, "patterns", "stamp", "x")) == 13


HALF = '[site]\ntitle = "x"\nauthor = """\n[redirects]\n' + '"/alt/" = "/neu/"\n' * 20_000


@pytest.mark.parametrize("text", ['[site\ntitle = "x"\n', HALF, None], ids=["broken", "half edited", "removed"])
def test_a_file_that_was_broken_or_removed_since_has_no_lines(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "config.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert find_line(path, ("site", "title")) is None


def test_options_win_over_variables_and_variables_over_the_file(tmp_path: Path) -> None:
    text = '[site]\ntitle = "Datei"\nbase_url = "https://datei.example/"\n'
    environ = {"FEEDS_SITE_TITLE": "Umgebung", "FEEDS_SITE_BASE_URL": "https://umgebung.example"}
    overrides = {("site", "base_url"): "https://option.example"}
    config = parse_config(text, tmp_path / "config.toml", environ=environ, overrides=overrides)
    assert (config.site.title, config.site.base_url) == ("Umgebung", "https://option.example/")


def test_a_variable_holds_a_list_as_the_file_does(tmp_path: Path) -> None:
    environ = {"FEEDS_FEEDS_SETS": '["tag", "author"]', "FEEDS_FEEDS_ARCHIVES": "[]"}
    config = parse_config("", tmp_path / "config.toml", environ=environ)
    assert (config.feeds.sets, config.feeds.archives) == (("tag", "author"), ())
    for text in ("tag", '["tag"', '"tag"'):
        with pytest.raises(ConfigError, match=r"FEEDS_FEEDS_SETS: feeds\.sets: is no list") as caught:
            parse_config("", tmp_path / "config.toml", environ={"FEEDS_FEEDS_SETS": text})
        assert 'in brackets, such as ["a", "b"]' in str(caught.value)


SERVICE = {
    "FEEDS_SERVICE_HOST": "10.0.0.11",
    "FEEDS_SERVICE_PORT": "8000",
    "FEEDS_SERVICE_PORT_HTTP": "8000",
    "FEEDS_PORT": "tcp://10.0.0.11:8000",
    "FEEDS_PORT_8000_TCP": "tcp://10.0.0.11:8000",
    "FEEDS_PORT_8000_TCP_PROTO": "tcp",
    "FEEDS_PORT_8000_TCP_PORT": "8000",
    "FEEDS_PORT_8000_TCP_ADDR": "10.0.0.11",
}
"""What Kubernetes sets in every pod beside a service that is called `feeds`."""


@pytest.mark.parametrize("name", ["FEEDS", "FEEDS_WEB", "FEEDS_SERVE"])
def test_variables_of_a_service_in_a_cluster_are_no_settings(tmp_path: Path, name: str) -> None:
    environ = {key.replace("FEEDS", name, 1): value for key, value in SERVICE.items()}
    environ |= {"FEEDS_SITE_TITLE": "Umgebung", "KUBERNETES_PORT": "tcp://10.0.0.1:443"}
    config = parse_config("", tmp_path / "config.toml", environ=environ)
    assert (config.site.title, config.serve.port) == ("Umgebung", 8000)
    sixth = SERVICE | {"FEEDS_SERVICE_HOST": "fd00::b", "FEEDS_PORT": "tcp://[fd00::b]:8000"}
    parse_config("", tmp_path / "config.toml", environ=sixth)


def test_a_port_that_is_set_beside_a_service_of_that_name_is_a_setting(tmp_path: Path) -> None:
    environ = {key.replace("FEEDS", "FEEDS_SERVE", 1): value for key, value in SERVICE.items()}
    config = parse_config("", tmp_path / "config.toml", environ=environ | {"FEEDS_SERVE_PORT": "9000"})
    assert config.serve.port == 9000


@pytest.mark.parametrize(
    "environ",
    [
        {"FEEDS_SERVICE_HOST": "127.0.0.1", "FEEDS_SERVICE_PORT": "8000"},
        {"FEEDS_PORT": "8000"},
        {"FEEDS_PORT": "tcp://10.0.0.11:8000"},
        SERVICE | {"FEEDS_SITE_TITEL": "Umgebung"},
        SERVICE | {"FEEDS_PORT": "8000"},
        SERVICE | {"FEEDS_WEB_PORT": "tcp://10.0.0.12:80"},
        SERVICE | {"FEEDS_PORT_HTTP": "8000"},
    ],
)
def test_a_misspelt_variable_is_an_error_beside_a_service_too(tmp_path: Path, environ: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="no setting has this name"):
        parse_config("", tmp_path / "config.toml", environ=environ)


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    config = parse_config('[library]\nledger = "../l.jsonl"\n', tmp_path / "unten" / "config.toml")
    assert config.library.ledger == tmp_path / "unten" / "../l.jsonl"
    assert config.sources[0].folder == tmp_path / "unten" / "seeds"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a//", "https://example.org/a/"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/"),
        ("ftp://example.org/", None),
        ("https:///a", None),
        ("https://example.org/?a=1", None),
        ("https://example.org/#a", None),
        ("https://a:b@example.org/", None),
        ("https://bücher.example/", None),
        ("https://[bad/", None),
        ("https://example.org/a b", None),
        ("https://example.org/a>b/", None),
        ("https://example.org/{a}/", None),
        ("https://example.org/a%3Eb", "https://example.org/a%3Eb/"),
    ],
)
def test_a_base_address_is_whole_and_ends_with_a_slash(url: str, wanted: str | None) -> None:
    text = f'[site]\nbase_url = "{url}"\n'
    if wanted is not None:
        assert parse_config(text, None).site.base_url == wanted
        return
    with pytest.raises(ConfigError, match=r"site\.base_url"):
        parse_config(text, None)


@given(st.text(max_size=80))
def test_any_text_is_settings_or_a_told_error(text: str) -> None:
    try:
        parse_config(text, Path("config.toml"))
    except ConfigError as error:
        told = str(error)
    else:
        told = ""
    assert "Traceback" not in told


@pytest.mark.parametrize(
    "text",
    [
        '[site]\nrights = "C:\\foo"\n',
        '[site]\ntitle = "a\\u0001b"\n',
        '[[sources]]\nname = "a\\u0000"\n',
        '[[categories]]\nlabel = "Politik\\b"\n',
        '[[categories]]\ndescription = "a\\uFFFE"\n',
    ],
)
def test_a_text_for_readers_with_control_characters_is_told_with_its_line(text: str) -> None:
    with pytest.raises(ConfigError, match="has no control characters") as caught:
        parse_config(text, Path("config.toml"))
    assert "config.toml:2" in str(caught.value)


def test_what_is_wrong_in_a_list_of_the_environment_is_told_of_its_variable(tmp_path: Path) -> None:
    environ = {"FEEDS_SERVE_TRUSTED_PROXIES": '["127.0.0.300"]'}
    with pytest.raises(ConfigError, match=r"^FEEDS_SERVE_TRUSTED_PROXIES: serve\.trusted_proxies\.0: "):
        parse_config("[serve]\ntrusted_proxies = []\n", tmp_path / "config.toml", environ=environ)
