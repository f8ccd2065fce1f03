"""From a backend's output to a `Translation`: never silently empty, and what makes it doubtful is named."""

from __future__ import annotations

import re
import unicodedata

from voicedoc.core.speech import Translation
from voicedoc.errors import BackendFailed
from voicedoc.translate.languages import function_words, script_names
from voicedoc.translate.sentences import has_words

_WORD = re.compile(r"[^\W\d_]+")
_DECIMAL = re.compile(r"\b(\d+)[.,](\d+)\b")
_LOOP = re.compile(r"\b(\w+(?:\W+\w+){1,7}?)(?:\W+\1\b){2,}|\b(\w+)(?:\W+\2\b){3,}", re.IGNORECASE)


def outcome(
    text: str, output: str, *, source: str, target: str, model: str, doubts: tuple[str, ...] = ()
) -> Translation:
    """What `model` made of `text`, with torn decimals mended. Its doubts are those given and those of `doubts_of`.

    Raises:
        BackendFailed: If `text` has words and `output` has none.
    """
    output = _mended(text, output.strip())
    if has_words(text) and not has_words(output):
        raise BackendFailed(f"'{model}' gave an empty translation for {_size(text)}", remedy="say it in other words")
    if not has_words(text):
        return Translation("", source, target, (model,))
    found = doubts + doubts_of(text, output, source=source, target=target)
    return Translation(output, source, target, (model,), found)


def sound_outcome(text: str, output: str, *, source: str, target: str, model: str) -> Translation:
    """As `outcome`, for models that may answer instead of translating: a doubt is a failure.

    Raises:
        BackendFailed: If the output is empty or doubtful.
    """
    translation = outcome(text, output, source=source, target=target, model=model)
    if translation.doubts:
        raise BackendFailed(
            f"'{model}' did not translate {_size(text)} from '{source}' to '{target}': {', '.join(translation.doubts)}",
            remedy="say it in other words, or choose another translator in the profile",
        )
    return translation


def doubts_of(text: str, output: str, *, source: str, target: str) -> tuple[str, ...]:
    """What can be seen to be wrong without knowing the languages; each is a stable word.

    "repetition": the output runs in a loop and `text` does not. "length": far longer or shorter than `text`.
    "untranslated": the same words. "script": not one letter in the target's script. "language": function words of the
    source's language rather than the target's (for the languages whose function words we list).
    """
    checks = {
        "repetition": bool(_LOOP.search(output)) and not _LOOP.search(text),
        "length": _is_far_longer(output, text) or _is_far_shorter(output, text),
        "untranslated": _is_unchanged(text, output),
        "script": _is_in_another_script(output, target),
        "language": _is_still_in(source, output, target),
    }
    return tuple(name for name, found in checks.items() if found)


def _mended(text: str, output: str) -> str:
    """Close decimals that a model has torn: "2.5 mg" came back as "2, 5 mg", which is read as two numbers."""
    for whole, part in _DECIMAL.findall(text):
        output = re.sub(rf"\b{whole}([.,])\s+{part}\b", rf"{whole}\g<1>{part}", output)
    return output


def _size(text: str) -> str:
    return f"a text of {len(text)} characters"  # its words are the patient's and go into no message


def _weight(text: str) -> float:
    """Characters, those of dense scripts for two and a half."""
    return sum(2.5 if unicodedata.east_asian_width(character) in "WF" else 1.0 for character in text)


def _is_far_longer(output: str, text: str) -> bool:
    return _weight(output) > 3.0 * _weight(text) + 40.0


def _is_far_shorter(output: str, text: str) -> bool:
    return _weight(text) > 40.0 and _weight(output) < _weight(text) / 3.0


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _is_unchanged(text: str, output: str) -> bool:
    """The same words; two words or fewer may well be a drug and its unit."""
    words = _words(text)
    return len(words) > 2 and words == _words(output)


def _is_in_another_script(output: str, target: str) -> bool:
    expected = script_names(target)
    names = [unicodedata.name(character, "") for character in output if character.isalpha()]
    return bool(expected) and len(names) > 3 and not any(name.startswith(expected) for name in names)


def _is_still_in(source: str, output: str, target: str) -> bool:
    """Three or more function words that only the source's language has, and more of them than of the target's."""
    ours, theirs = function_words(source), function_words(target)
    words = _words(output)
    n_source = sum(word in ours - theirs for word in words)
    n_target = sum(word in theirs - ours for word in words)
    return bool(ours and theirs) and n_source >= 3 and n_source > n_target
