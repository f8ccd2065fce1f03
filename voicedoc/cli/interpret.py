"""`voicedoc interpret`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicedoc.cli import INTERRUPTED
from voicedoc.cli.options import advice_option, glossary_option, language_tag, roles_of_channels, speakers_of_turns
from voicedoc.cli.pipelines import complete_profile
from voicedoc.errors import BackendUnavailable, VoiceDocError

if TYPE_CHECKING:
    from voicedoc.core.glossary import Glossary
    from voicedoc.core.speech import Role


@click.command(
    epilog="Examples:\n\n"
    "  voicedoc interpret visit.mp3 --doctor en --patient pt\n\n"
    "  voicedoc interpret call.wav --doctor en --patient pt --channels doctor,patient --out results\n\n"
    "  voicedoc interpret visit.mp3 --doctor en --patient pt --glossary drugs.csv\n\n"
    "Exit status: 0 all interpreted, 1 a recording failed, 2 wrong usage, 130 interrupted."
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE...")
@click.option(
    "--doctor", required=True, callback=language_tag, metavar="LANGUAGE", help="The doctor's language, e.g. en."
)
@click.option(
    "--patient", required=True, callback=language_tag, metavar="LANGUAGE", help="The patient's language, e.g. pt."
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
@click.option(
    "--channels", callback=roles_of_channels, metavar="ROLES", help="Who speaks on each channel, e.g. doctor,patient."
)
@click.option(
    "--turns",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Who speaks when: RTTM, or JSON [{start, end, speaker}].",
)
@click.option(
    "--speaker",
    "speakers",
    multiple=True,
    callback=speakers_of_turns,
    metavar="NAME=ROLE",
    help="Who a name in --turns is, e.g. SPEAKER_00=doctor. Once for each name.",
)
@glossary_option
@advice_option
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
    glossary: Glossary,
    no_advice: bool,
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
        chosen = load_profile(profile)
        chosen = replace(chosen, advise=chosen.advise and not no_advice)
        with open_engine(chosen, visit, glossary=glossary) as engine:
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
