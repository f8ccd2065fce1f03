"""One suite over every translator that can be had here: what each promises to the stage."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.helpers.fake_openai import fake_openai, says
from tests.helpers.tiny_translators import checkpoint, converted
from voicedoc.core.cards import LoadedModel
from voicedoc.errors import UnsupportedLanguage
from voicedoc.registry import backend, backends
from voicedoc.runtime.worker import ThreadWorker
from voicedoc.translate.apertium import MODES
from voicedoc.translate.compose import Pivot
from voicedoc.translate.role import Translator
from voicedoc.translate.router import Translators
from voicedoc.translate.scripted import ScriptedTranslator

pytestmark = pytest.mark.anyio


class Case(NamedTuple):
    """How to make a translator, a pair that it supports, and a text. `any_pair`: even one language."""

    make: Callable[[], Translator]
    source: str
    target: str
    text: str
    n_models: int = 1
    any_pair: bool = False


def _case(name: str, folder: Path, load: Callable[[str], LoadedModel], closing: ExitStack) -> Case:
    english = ("en", "pt-BR", "Where does it hurt? Take 2.5 mg at 10:30.")
    if name in ("identity", "scripted"):
        return Case(backend("translators", name), *english, any_pair=name == "identity")
    if name == "openai":
        pytest.importorskip("httpx", reason="pip install 'voicedoc[openai]'")
        server = closing.enter_context(fake_openai(says("Onde dói? Tome 2,5 mg às 10:30.")))
        return Case(partial(backend("translators", name), url=server.url, name="m"), *english)
    if name == "apertium":
        make = partial(backend("translators", name), mode="es-pt")
        return Case(make, "es-MX", "pt", "¿Dónde le duele? Tome 2,5 mg a las 10:30.")
    if name == "fxtranslate":
        pytest.importorskip("fxtranslate", reason="pip install 'voicedoc[fxtranslate]'")
        model = load("firefox-en-pt")
        return Case(partial(backend("translators", name), model, source="en", target="pt"), *english)
    if name in ("ctranslate2", "transformers"):
        return Case(partial(backend("translators", name), _tiny(name, folder), device="cpu"), *english)
    first, second = ScriptedTranslator(pairs=["en-es"], name="a"), ScriptedTranslator(pairs=["es-pt"], name="b")
    if name == "pivot":
        return Case(partial(Pivot, first, second, "es"), "en", "pt", "It hurts.", n_models=2)
    return Case(partial(Translators, [second, first]), "en", "es", "It hurts.")


def _tiny(name: str, folder: Path) -> LoadedModel:
    for package in (name, "torch", "sentencepiece"):
        pytest.importorskip(package, reason=f"pip install 'voicedoc[{name}]'")
    path = checkpoint("nllb", folder / "nllb")
    return LoadedModel("tiny", converted(path, folder / "ct2") if name == "ctranslate2" else path, "")


NAMES = [
    pytest.param(name, marks=pytest.mark.model if name == "fxtranslate" else pytest.mark.unit)
    for name in (
        "identity", "scripted", "openai", "apertium", "fxtranslate", "ctranslate2", "transformers", "pivot", "router",
    )
]  # fmt: skip


@pytest.fixture(scope="module", params=NAMES)
def case(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    loaded_model: Callable[[str], LoadedModel],
) -> Iterator[Case]:
    if request.param == "apertium" and not (shutil.which("lt-proc") and (MODES / "es-pt.mode").is_file()):
        pytest.skip("Apertium is not installed: apt install apertium-es-pt")
    with ExitStack() as closing:
        yield _case(request.param, tmp_path_factory.mktemp("contract"), loaded_model, closing)


@pytest.fixture
def worker() -> Iterator[ThreadWorker]:
    thread = ThreadWorker("contract")
    yield thread
    thread.close()


async def _made(case: Case, worker: ThreadWorker) -> Translator:
    return await worker.call(case.make)


async def _translate(translator: Translator, worker: ThreadWorker, case: Case, text: str) -> Any:
    return await worker.call(partial(translator.translate, text, source=case.source, target=case.target))


async def test_a_translation_is_whole(case: Case, worker: ThreadWorker) -> None:
    """Made and used on one worker's thread, as a session does it."""
    translator = await _made(case, worker)
    made = await _translate(translator, worker, case, case.text)
    assert made.text and made.text == made.text.strip()
    assert (made.source, made.target) == (case.source, case.target)
    assert len(made.models) == case.n_models and all(made.models)
    assert all(model in translator.name for model in made.models)
    assert "</s>" not in made.text and "_Latn" not in made.text
    _close(translator)


async def test_the_same_text_gives_the_same_translation(case: Case, worker: ThreadWorker) -> None:
    translator = await _made(case, worker)
    assert await _translate(translator, worker, case, case.text) == await _translate(
        translator, worker, case, case.text
    )
    _close(translator)


async def test_text_without_words_gives_an_empty_translation(case: Case, worker: ThreadWorker) -> None:
    translator = await _made(case, worker)
    for text in ("", "  ", "\n"):
        assert (await _translate(translator, worker, case, text)).text == ""
    _close(translator)


async def test_regions_do_not_matter(case: Case, worker: ThreadWorker) -> None:
    translator = await _made(case, worker)
    source, target = case.source.partition("-")[0], case.target.partition("-")[0]
    assert translator.supports(f"{source}-XX", target) and translator.supports(source, f"{target}-XX")
    _close(translator)


async def test_a_pair_that_is_not_supported_is_refused(case: Case, worker: ThreadWorker) -> None:
    translator = await _made(case, worker)
    supported = translator.supports(case.target, case.target)
    assert supported == case.any_pair
    if not supported:
        with pytest.raises(UnsupportedLanguage) as caught:
            await worker.call(partial(translator.translate, "Dói.", source=case.target, target=case.target))
        assert caught.value.remedy and "Dói" not in str(caught.value)
    _close(translator)


@pytest.mark.unit
async def test_every_registered_translator_is_in_this_suite() -> None:
    assert set(backends("translators")) <= {parameter.values[0] for parameter in NAMES}


def _close(translator: Translator) -> None:
    """Some hold connections or processes, which Python would otherwise complain of."""
    close = getattr(translator, "close", None)
    if close:
        close()
