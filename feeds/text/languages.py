"""Tags of languages (RFC 5646), and the direction that their texts are written in."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal

Direction = Literal["ltr", "rtl"]

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

# What is written from right to left, by CLDR 48: the scripts (scriptMetadata.txt), the languages whose likely script is
# one of them (likelySubtags.xml), and the regions where a language has a script of the other direction.
_RTL_SCRIPTS: Final = frozenset(
    """adlm arab aran armi avst chrs cprt elym gara hatr hebr hung khar lydi mand mani mend merc mero narb nbat nkoo
    orkh ougr palm phli phlp phnx prti rohg samr sarb sidt sogd sogo syrc thaa yezi""".split()
)
_RTL_LANGUAGES: Final = frozenset(
    """ae ar dv fa he iw ji ks ps sd ug ur yi aao abh abv acm acq acw acx adf aeb aec aee aeq afb aib aii aij aiq
    amw apc apd arc arq ars ary arz ask atn auj auz avd avl ayh ayl ayn ayp azb bal bdz bej bft bgn bgp bhe bhm bhn
    bjf bjm bqi brh brk bsh bsk chg cja ckb clh czk dcc def deh dgl dmk dml ecy esh fay faz fia fub gbz ggg gha ghr
    gig gjk gju glh glk gwc gwf gwt gzi hac haz hbo hkh hnd hno hoh hrt hrz hss huy isk itk jad jat jbe jbn jdg jnd
    jog jpa jpr jrb jye kbu kby kcy kfm khw klj kmz kqd ktl kvx kxp lad lah lhs lki lrc lrk lrl lsa lsd lss luv luz
    mby mde mfa mfi mhj mid mki mnj mve mvy myz mzn nli nlm nqo ntz nyq oar obm odk oru ota otk oui pal pbt pgd phl
    phn phr phv plk pra prc prd prx psh psi pst qxq rdb rhg rmt sam sbn scl sdb sdf sdg sdh sds sgr sgy shd shm shu
    shv siy siz skr smp smy sog sqo sqt srh srz ssh sts swb syc syn syr tjo tks tmr tov tra trg trm trw ush uzs vaf
    vgr vmh wbk wlo wne wni wsv xco xhe xka xkc xkj xkp xld xly xmn xmr xna xpr xsa xvi ydg yhd yih yud zba zdj zrp
    zum""".split()
)
_RTL_REGIONS: Final = frozenset(
    """az-iq az-ir ha-cm ha-sd kk-af kk-cn kk-ir kk-mn ku-lb ky-cn ms-cc pa-pk tg-pk uz-af""".split()
)
_LTR_REGIONS: Final = frozenset("sd-in ug-kz ug-mn".split())


def is_language_tag(value: str) -> bool:
    """Whether a text is a language tag: of the grammar of RFC 5646 section 2.1, with a language that there is."""
    if value in _LANGUAGES or value.lower() in _GRANDFATHERED:
        return True
    match = _compile_grammar().fullmatch(value)
    language = (match["language"] or "").lower() if match else ""
    return match is not None and (len(language) != 2 or language in _LANGUAGES)


def find_direction(language: str) -> Direction:
    """The direction that texts of a language are written in, by its tag (RFC 5646): a value of HTML's dir attribute.

    The tag's script decides; without one, that which the language has, in its region if the tag names one (CLDR 48).
    """
    parts = language.lower().split("-")
    primary = parts[0]
    for part in parts:
        if len(part) == 1:
            # What follows is an extension, or private.
            break
        if len(part) == 4 and part.isalpha():
            return "rtl" if part in _RTL_SCRIPTS else "ltr"
        if len(part) == 2 and (place := f"{primary}-{part}") in _RTL_REGIONS | _LTR_REGIONS:
            return "rtl" if place in _RTL_REGIONS else "ltr"
    return "rtl" if primary in _RTL_LANGUAGES else "ltr"


@cache
def _compile_grammar() -> re.Pattern[str]:
    # Takes 2 ms: more than a run has that does nothing, and its settings name a language, mostly "de".
    return re.compile(_GRAMMAR, re.IGNORECASE | re.VERBOSE | re.ASCII)
