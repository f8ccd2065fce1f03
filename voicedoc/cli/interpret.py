"""`voicedoc interpret`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicedoc.cli import INTERRUPTED
from voicedoc.cli.pipelines import complete_profile
from voicedoc.errors import BackendUnavailable, VoiceDocError

if TYPE_CHECKING:
    from voicedoc.core.speech import Role


def _roles(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[Role, ...]:
    """`doctor,patient` → roles, in the order of the channels."""
    from voicedoc.core.speech import Role

    if value is None:
        return ()
    names = [name.strip() for name in value.split(",")]
    known = [role.value for role in Role]
    if wrong := [name for name in names if name not in known]:
        raise click.BadParameter(f"'{wrong[0]}' is no role; a list such as doctor,patient (known: {', '.join(known)})")
    return tuple(Role(name) for name in names)


def _language(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """A BCP 47 tag, as people write them: `EN`, `pt_BR`. A name gets its tag as a suggestion."""
    from babel import Locale

    language, *rest = value.replace("_", "-").split("-")
    names = {code: name.casefold() for code, name in Locale("en").languages.items()}
    if language.lower() in names and all(part.isalnum() for part in rest):
        return "-".join([language.lower(), *rest])
    tags = [code for code, name in names.items() if name == value.casefold()]
    hint = f"did you mean '{tags[0]}'?" if tags else "a tag such as en, pt, pt-BR"
    raise click.BadParameter(f"'{value}' is no language tag; {hint}")


def _speakers(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, Role]:
    """`SPEAKER_00=doctor` → a role by name."""
    named = {}
    for value in values:
        name, separator, role = value.rpartition("=")
        if not separator or not name:
            raise click.BadParameter(f"'{value}' is not NAME=ROLE, e.g. SPEAKER_00=doctor")
        (named[name],) = _roles(ctx, param, role)
    return named


@click.command(
    epilog="Examples:\n\n"
    "  voicedoc interpret visit.mp3 --doctor en --patient pt\n\n"
    "  voicedoc interpret call.wav --doctor en --patient pt --channels doctor,patient --out results\n\n"
    "Exit status: 0 all interpreted, 1 a recording failed, 2 wrong usage, 130 interrupted."
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE...")
@click.option("--doctor", required=True, callback=_language, metavar="LANGUAGE", help="The doctor's language, e.g. en.")
@click.option(
    "--patient", required=True, callback=_language, metavar="LANGUAGE", help="The patient's language, e.g. pt."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the results; with several FILEs, one inside it for each. [default: ./FILE.voicedoc]",
)
@click.option(
    "--profile",
    default="embedded",
    show_default=True,
    shell_complete=complete_profile,
    help="A profile's name or path.",
)
@click.option("--channels", callback=_roles, metavar="ROLES", help="Who speaks on each channel, e.g. doctor,patient.")
@click.option(
    "--turns",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Who speaks when: RTTM, or JSON [{start, end, speaker}].",
)
@click.option(
    "--speaker",
    "speakers",
    multiple=True,
    callback=_speakers,
    metavar="NAME=ROLE",
    help="Who a name in --turns is, e.g. SPEAKER_00=doctor. Once for each name.",
)
@click.option("--paced", is_flag=True, help="At the recording's own speed, as if live.")
@click.option("--play", is_flag=True, help="Play the interpretation when it is done.")
@click.option("--overwrite", is_flag=True, help="Replace an earlier session in the folder.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per recording instead of captions.")
def interpret(
    files: tuple[Path, ...],
    doctor: str,
    patient: str,
    out: Path | None,
    profile: str,
    channels: tuple[Role, ...],
    turns: Path | None,
    speakers: dict[str, Role],
    paced: bool,
    play: bool,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Interpret recordings of a doctor and a patient: what each of them would have heard.

    For each FILE, in any common audio or video format, a folder with the journal, a bilingual transcript
    (transcript.md, .json) and the spoken interpretation (interpretation.wav: the original left, the interpreter right;
    interpretation-patient.wav and -doctor.wav: what each hears). Nothing leaves this machine.
    """
    from voicedoc.cli.captions import Captions
    from voicedoc.core.speech import Visit
    from voicedoc.engine import open_engine
    from voicedoc.profiles import load_profile
    from voicedoc.session import Recording, interpret_file

    visit = Visit(doctor, patient)
    if doctor.partition("-")[0] == patient.partition("-")[0]:
        raise click.UsageError(f"doctor and patient both speak '{doctor}'; they take two different languages")
    Recording(files[0], channels, turns, speakers).attributor(visit)  # a slip in --turns is found before models load
    failures = 0
    with Captions(quiet=as_json) as captions:
        captions.say("loading models")
        with open_engine(load_profile(profile), visit) as engine:
            for file in files:
                captions.begin(file)
                try:
                    outcome = interpret_file(
                        engine,
                        Recording(file, channels, turns, speakers),
                        _folder(file, out, len(files)),
                        paced=paced,
                        overwrite=overwrite,
                        watch=captions.take,
                    )
                except VoiceDocError as error:
                    failures += 1
                    captions.failed(file, error)
                    continue
                captions.done(outcome)
                failures += outcome.transcript.n_failed > 0
                if outcome.reason == "interrupted":
                    raise SystemExit(INTERRUPTED)
                if play:
                    _play(outcome.folder / "interpretation.wav")
    if failures:
        raise SystemExit(1)


def _folder(file: Path, out: Path | None, n_files: int) -> Path:
    name = f"{file.stem}.voicedoc"
    if out is None:
        return Path(name)
    return out if n_files == 1 else out / name


def _play(path: Path) -> None:
    """Play a WAV file on the default loudspeaker; Ctrl-C stops it.

    Raises:
        BackendUnavailable: If there is no audio library or no loudspeaker.
    """
    import soundfile

    try:
        import sounddevice
    except (ImportError, OSError) as error:  # OSError: the package is there, the system's PortAudio is not
        raise BackendUnavailable(
            f"cannot play: {error}", remedy="pip install 'voicedoc[audio]' and apt-get install libportaudio2"
        ) from error
    samples, rate = soundfile.read(path, dtype="float32")
    try:
        sounddevice.play(samples, rate, blocking=True)
    except sounddevice.PortAudioError as error:
        raise BackendUnavailable(f"cannot play: {error}", remedy="plug in a loudspeaker; see voicedoc check") from error
