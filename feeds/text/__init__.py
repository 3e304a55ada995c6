"""Text, from decoding to slugs.

    decode, characters      bytes -> text, and which characters it may have
    sentences               where one ends, and how a text is cut
    addresses, slugs        addresses, and texts in the form that addresses have
    languages, catalogue    tags of languages, and the words that readers see
    agencies                the names of news agencies
    digests                 by which changes are found

Knows nothing of articles. Pure but for `decode`'s table of encodings and the catalogue's files; never the locale.
"""

from feeds.text.addresses import (
    find_address,
    find_prefix,
    is_tracking,
    is_web_address,
    name_host,
    strip_tracking,
    to_uri,
)
from feeds.text.agencies import AGENCY_NAMES
from feeds.text.catalogue import Catalogue, load_catalogue
from feeds.text.characters import (
    clean_line,
    clean_xml,
    escape_html,
    escape_xml,
    fold_name,
    fold_spaces,
    normalise,
    rank_name,
)
from feeds.text.decode import Decoded, decode, decode_plain, is_damaged_utf8, unquote_printable
from feeds.text.digests import digest, digest_bytes, digest_lines
from feeds.text.languages import find_direction, is_language_tag
from feeds.text.sentences import cut_at_word, find_first_sentence, find_sentence_ends, summarise
from feeds.text.slugs import name_key, name_slug, slugify, strip_signs

__all__ = [
    "AGENCY_NAMES", "Catalogue", "Decoded", "clean_line", "clean_xml", "cut_at_word", "decode", "decode_plain",
    "digest", "digest_bytes", "digest_lines", "escape_html", "escape_xml", "find_address", "find_direction",
    "find_first_sentence", "find_prefix", "find_sentence_ends", "fold_name", "fold_spaces", "is_damaged_utf8",
    "is_language_tag", "is_tracking", "is_web_address", "load_catalogue", "name_host", "name_key", "name_slug",
    "normalise", "rank_name", "slugify", "strip_signs", "strip_tracking", "summarise", "to_uri",
    "unquote_printable",
]  # fmt: skip
