"""BCP 47 tags for the names and codes that corpora give to languages."""

from __future__ import annotations

from functools import cache

from voicedoc_corpora.files import Malformed


def tag_of_code(code: str) -> str:
    """The tag of a code with underscores: "eng_Latn" → "en", "zho_Hant" → "zh-Hant", "cmn_hans_cn" → "zh-CN".

    A script is left out where the language is usually written in it.
    """
    from babel.core import get_global

    language, *others = code.replace("-", "_").lower().split("_")
    language = get_global("language_aliases").get(language, language)
    usual = get_global("likely_subtags").get(language.split("_")[0], "").split("_")
    parts = [part.title() if len(part) == 4 else part.upper() for part in others]
    return "-".join([language.replace("_", "-"), *(part for part in parts if len(part) != 4 or part not in usual)])


def tag_of_name(name: str) -> str:
    """The tag of a language's English name: "Hindi" → "hi".

    Raises:
        Malformed: If no language is called so.
    """
    tag = _names().get(name.strip().lower())
    if tag is None:
        raise Malformed(f"no language is called '{name}'")
    return tag


@cache
def _names() -> dict[str, str]:
    from babel import Locale

    return {name.lower(): tag.replace("_", "-") for tag, name in Locale("en").languages.items()}
