"""What a written Vietnamese syllable may look like: an initial, a rime, a tone on the right vowel.

Only a judge of likelihood for `detection`: names of people and places from elsewhere are no syllables, and no harm
is done by that. Source of the inventory: the sound system taught in primary school; ours is kept wide rather than strict.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from forms.legacy.tables import toned

_INITIALS = "ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p q r s t v x"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu y yêm yên yêng yêt yêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
uy uya uych uyên uyêt uyn uynh uyp uyt uyu
ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
"""
_VOWELS = "aăâeêioôơuưy"
_MARKED = "ăâêôơư"
_FREE = {"oa", "oe", "uy"}
"""Without a final consonant the tone may stand on either vowel: hòa, hoà."""
_STOPS = ("c", "ch", "p", "t")
_TONE_OF = {
    toned_letter: (letter, tone) for letter in _VOWELS for tone, toned_letter in enumerate(toned(letter), 1)
}
_SHARP_AND_HEAVY = (4, 5)


def places_of_tone(rime: str) -> tuple[int, ...]:
    """Where in the rime the tone mark may stand."""
    vowels = rime.rstrip("cghmnpt")
    marked = [at for at, letter in enumerate(vowels) if letter in _MARKED]
    if marked:
        return (marked[-1],)
    if len(vowels) == 1:
        return (0,)
    if vowels == rime and len(vowels) == 2:
        return (0, 1) if rime in _FREE else (0,)
    return (1,)


INITIALS = tuple(_INITIALS.split())
RIMES = {rime: places_of_tone(rime) for rime in _RIMES.split()}


@cache
def is_syllable(word: str) -> bool:
    """Of a word in NFC, any case."""
    tone, at, bare = 0, -1, ""
    for index, letter in enumerate(unicodedata.normalize("NFC", word.lower())):
        base, found = _TONE_OF.get(letter, (letter, 0))
        if found and tone:
            return False
        if found:
            tone, at = found, index
        bare += base
    return any(
        bare.startswith(initial) and _fits(bare[len(initial) :], tone, at - len(initial))
        for initial in (*INITIALS, "")
    )


def _fits(rime: str, tone: int, at: int) -> bool:
    places = RIMES.get(rime)
    if places is None:
        return False
    if tone == 0:
        return True
    return at in places and (not rime.endswith(_STOPS) or tone in _SHARP_AND_HEAVY)
