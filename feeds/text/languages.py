"""Tags of languages (RFC 5646)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

# ISO 639-1, as RFC 5646 asks for where there is such a code.
_LANGUAGES: Final = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el
    en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd
    ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss
    st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu""".split()
)
# RFC 5646 section 2.1. Languages have two or three letters: no longer ones are registered.
_GRAMMAR: Final = r"""(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?
    (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?
    |x(?:-[a-z0-9]{1,8})+"""
# Tags from before that grammar, which it still allows (section 2.2.8).
_GRANDFATHERED: Final = frozenset(
    """art-lojban cel-gaulish en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn
    i-tao i-tay i-tsu no-bok no-nyn sgn-be-fr sgn-be-nl sgn-ch-de zh-guoyu zh-hakka zh-min zh-min-nan
    zh-xiang""".split()
)


def is_language_tag(value: str) -> bool:
    """Whether a text is a language tag: of the grammar of RFC 5646 section 2.1, with a language that there is."""
    if value in _LANGUAGES or value.lower() in _GRANDFATHERED:
        return True
    match = _compile_grammar().fullmatch(value)
    language = (match["language"] or "").lower() if match else ""
    return match is not None and (len(language) != 2 or language in _LANGUAGES)


@cache
def _compile_grammar() -> re.Pattern[str]:
    # Takes 2 ms: more than a run has that does nothing, and its settings name a language, mostly "de".
    return re.compile(_GRAMMAR, re.IGNORECASE | re.VERBOSE | re.ASCII)
