"""Languages by tag, by family and by pair."""

from __future__ import annotations

import pytest

from voicedoc.core.languages import same_language
from voicedoc.errors import ConfigError
from voicedoc.translate.families import Prompt, Told
from voicedoc.translate.languages import codes, known_languages, script_names, tag_of

pytestmark = pytest.mark.unit


def test_regions_do_not_matter_to_a_language() -> None:
    assert same_language("pt-BR", "pt") and same_language("PT_br", "pt-PT")
    assert not same_language("pt", "es")


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("pt-BR", "por_Latn"),
        ("zh-TW", "zho_Hant"),
        ("zh", "zho_Hans"),
        ("ar", "arb_Arab"),
        ("sw", "swh_Latn"),
        ("he", "iw"),
    ],
)
def test_a_tag_has_the_codes_of_the_families(tag: str, code: str) -> None:
    assert code in codes(tag)


def test_every_language_has_one_flores_code() -> None:
    for language in known_languages():
        assert [code for code in codes(language) if code[3:4] == "_"], language


def test_an_iso_code_has_a_tag() -> None:
    assert (tag_of("spa"), tag_of("pt_BR"), tag_of("es"), tag_of("xyz")) == ("es", "pt-BR", "es", "xyz")


def test_a_language_of_several_scripts_is_not_held_to_one() -> None:
    assert script_names("sr") == () and script_names("xyz") == ()
    assert script_names("ru") == ("CYRILLIC",)


NLLB = ["▁a", "eng_Latn", "por_Latn", "zho_Hans", "zho_Hant"]


@pytest.mark.parametrize(
    ("vocabulary", "options", "family", "prompt"),
    [
        (NLLB, {}, "nllb", Prompt(("eng_Latn",), "por_Latn")),
        (["__en__", "__pt__"], {}, "m2m100", Prompt(("__en__",), "__pt__")),
        (["<2en>", "<2pt>"], {}, "madlad", Prompt(("<2pt>",), "")),
        ([">>por<<", ">>spa<<"], {"source": "en"}, "opus", Prompt((">>por<<",), "")),
        (["▁a"], {"source": "en", "target": "pt"}, "opus", Prompt((), "")),
    ],
)
def test_the_family_is_read_off_the_vocabulary(
    vocabulary: list[str], options: dict[str, str], family: str, prompt: Prompt
) -> None:
    told = Told(vocabulary, **options)
    assert told.family.name == family
    assert told.supports("en", "pt-BR")
    assert told.prompt("en", "pt-BR") == prompt
    assert not told.supports("en", "vi") and not told.supports("pt", "pt-BR")


def test_a_script_chooses_among_a_languages_tokens() -> None:
    told = Told(NLLB)
    assert told.prompt("en", "zh").forced == "zho_Hans"
    assert told.prompt("en", "zh-Hant").forced == told.prompt("en", "zh-HK").forced == "zho_Hant"


def test_options_restrict_the_pairs() -> None:
    assert not Told(NLLB, source="en", target="pt").supports("pt", "en")
    assert Told([">>por<<"], source="*").supports("fr", "pt")


@pytest.mark.parametrize(
    ("vocabulary", "options", "message"),
    [
        (["▁a"], {}, "which languages"),
        (["▁a"], {"source": "en"}, "which languages"),
        (["▁a"], {"family": "nllb"}, "no language token"),
        (NLLB, {"family": "nlb"}, "no family"),
    ],
)
def test_a_model_that_does_not_tell_its_languages_is_refused(
    vocabulary: list[str], options: dict[str, str], message: str
) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        Told(vocabulary, **options)
    assert caught.value.remedy
