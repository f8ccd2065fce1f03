"""Tasks: what there is to choose from for a visit, and what can be expected of a choice. Nothing is loaded."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicedoc.core.languages import primary, same_language
from voicedoc_desktop.state.outlook import Direction, Lack, Measured, Outlook, Profiled, Surroundings, Told

if TYPE_CHECKING:
    from voicedoc.profiles import Profile, TranslateSpec, VoiceSpec
    from voicedoc_desktop.process.task import Here

FIGURES = Path(__file__).with_name("figures.toml")
"""What was measured, by profile; written by `desktop/packaging/figures.py`."""


@dataclass(frozen=True, slots=True)
class LookAround:
    """A task: the profiles, and for how long visits are kept. Needs no passphrase."""

    def run(self, here: Here) -> Surroundings:
        from voicedoc.profiles import load_profile, profile_names

        profiles = tuple(Profiled(name, load_profile(name).description) for name in profile_names())
        return Surroundings(profiles, here.vault().keep_days)


@dataclass(frozen=True, slots=True)
class LookAhead:
    """A task: what a profile can do for two languages, what it lacks, and what people are told before."""

    doctor: str
    patient: str
    profile: str

    def run(self, here: Here) -> Outlook:
        del here
        from voicedoc.profiles import load_profile

        return outlook_of(load_profile(self.profile), self.doctor, self.patient)


def outlook_of(profile: Profile, doctor: str, patient: str) -> Outlook:
    """What `profile` can do for a visit."""
    from voicedoc.visit.consent import STATUS, script_in

    problem, remedy = _problem(profile, doctor, patient)
    scripts = [script_in(language) for language in (doctor, patient)]
    return Outlook(
        doctor=doctor,
        patient=patient,
        profile=profile.name,
        problem=problem,
        remedy=remedy,
        to_patient=_direction(profile, doctor, patient),
        to_doctor=_direction(profile, patient, doctor),
        lacks=() if problem else tuple(_lacks(profile, doctor, patient)),
        consent=tuple(Told(script.language, script.name, script.sentences) for script in scripts),
        consent_status=STATUS,
    )


def _problem(profile: Profile, doctor: str, patient: str) -> tuple[str, str]:
    """Why the engine would refuse this visit, and what to do; "" where it would not."""
    if same_language(doctor, patient):
        return f"doctor and patient both speak '{doctor}'", "choose two different languages"
    for language in (doctor, patient):
        if reason := profile.recognize.unfit.get(primary(language)):
            return f"profile '{profile.name}' must not be used for '{language}': {reason}", _pull(profile, language)
    if not any(routes(profile, *pair) for pair in ((doctor, patient), (patient, doctor))):
        pair = f"{doctor}-{patient}"
        return f"profile '{profile.name}' has no translator between '{doctor}' and '{patient}'", _pull(profile, pair)
    return "", ""


def _pull(profile: Profile, wanted: str) -> str:
    for key in (wanted, "-".join(reversed(wanted.split("-"))), primary(wanted), "*"):
        if key in profile.pull:
            return profile.pull[key]
    return ""


def routes(profile: Profile, source: str, target: str) -> list[TranslateSpec]:
    """The profile's translators for a direction, the best first."""
    return [
        spec
        for spec in profile.translate
        if spec.source in ("*", primary(source)) and spec.target in ("*", primary(target))
    ]


def _voices(profile: Profile, language: str) -> list[VoiceSpec]:
    """Voices that may speak a language, the best first."""
    from voicedoc.speak.router import Quality

    able = [spec for spec in profile.voices if primary(language) in spec.languages]
    fit = [spec for spec in able if Quality.named(spec.quality) >= Quality.named(profile.speak.floor)]
    return sorted(fit, key=lambda spec: (-Quality.named(spec.quality), spec.startup))


def _direction(profile: Profile, source: str, target: str) -> Direction:
    found, voices = routes(profile, source, target), _voices(profile, target)
    return Direction(
        source=source,
        target=target,
        quality=found[0].quality if found else "",
        voice=voices[0].quality if found and voices else "",
        heard=_measured(profile, "heard", primary(source)),
        translated=_measured(profile, "translated", f"{primary(source)}-{primary(target)}"),
        answered=_measured(profile, "answered", f"{primary(source)}-{primary(target)}"),
    )


# --- models


def _lacks(profile: Profile, doctor: str, patient: str) -> Iterator[Lack]:
    from voicedoc.core.speech import Visit
    from voicedoc.engine import live_models
    from voicedoc.store.models import ModelStore

    store = ModelStore.default()
    for name in live_models(profile, Visit(doctor, patient)):
        card = store.card(name)
        if store.state(card) != "installed":
            yield Lack(
                name, card.role, card.size, card.licence, store.needs_confirmation(card), card.package is not None
            )


# --- figures


@cache
def figures() -> dict[str, Any]:
    """What was measured, as the file has it."""
    return tomllib.loads(FIGURES.read_text("utf-8"))


def _measured(profile: Profile, what: str, key: str) -> Measured | None:
    found = figures().get(profile.name, {}).get(what, {}).get(key)
    return None if found is None else Measured(float(found["value"]), int(found["n"]))
