"""`voicedoc transcribe`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from voicedoc.cli import INTERRUPTED
from voicedoc.cli.options import (
    advice_option,
    cluster_address,
    glossary_option,
    heard_languages,
    known_formats,
    language_tags,
    roles_of_channels,
    speakers_of_turns,
    with_remedy,
)
from voicedoc.cli.pipelines import complete_profile
from voicedoc.errors import SampleRefused, UnsupportedLanguage, VoiceDocError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicedoc.batch import Channels, Job
    from voicedoc.core.glossary import Glossary
    from voicedoc.core.speech import Role
    from voicedoc.jobs.plan import Task
    from voicedoc.jobs.work import Report
    from voicedoc.profiles import Profile

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Speaking(NamedTuple):
    """What `--channels` says: how channels are taken, and who speaks on each, where that is said."""

    channels: Channels
    roles: tuple[Role, ...] = ()


def _speaking(ctx: click.Context, param: click.Parameter, value: str) -> Speaking:
    """`doctor,patient` → separate channels with their roles."""
    channels: dict[str, Channels] = {"auto": "auto", "mix": "mix", "separate": "separate"}
    if value in channels:
        return Speaking(channels[value])
    try:
        return Speaking("separate", roles_of_channels(ctx, param, value))
    except click.BadParameter as error:
        raise click.BadParameter(f"{error.message}; or one of {', '.join(channels)}") from error


def _named(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Paths, none of which is empty: that would be this folder."""
    for path in value if isinstance(value, tuple) else [value]:
        if path is not None and not str(path):
            raise click.BadParameter("an empty name; . is this folder")
    return value


def _out(ctx: click.Context, param: click.Parameter, value: str | None) -> Path | None:
    _named(ctx, param, value)
    return None if value is None else Path(value)


def _turns(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """A file of turns, read once: a slip in it is found here, before models load."""
    from voicedoc.attribute.by_turns import read_speaker_turns

    if value:
        try:
            read_speaker_turns(value)
        except VoiceDocError as error:
            raise click.BadParameter(with_remedy(error)) from error
    return value


def _sample(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """A recording of a voice that can be read."""
    from voicedoc.capture.file import probe

    if value:
        try:
            probe(value)
        except VoiceDocError as error:
            raise click.BadParameter(with_remedy(error)) from error
    return value


def _profile(ctx: click.Context, param: click.Parameter, value: str) -> Profile:
    from voicedoc.profiles import load_profile

    try:
        return load_profile(value)
    except VoiceDocError as error:
        raise click.BadParameter(with_remedy(error)) from error


@click.command(
    epilog="Examples:\n\n"
    "  voicedoc transcribe visit.mp3 --languages en,pt --translate-to pt --note\n\n"
    "  voicedoc transcribe recordings/ 'more/*.m4a' --languages en --out results --resume\n\n"
    "  voicedoc transcribe stereo.wav --languages en,pt --channels doctor,patient --format srt,docx,html\n\n"
    "Exit status: 0 all transcribed, 1 a recording failed, 2 wrong usage, 130 interrupted."
)
@click.argument("paths", nargs=-1, required=True, callback=_named, metavar="PATH...")
@click.option(
    "--languages",
    required=True,
    callback=heard_languages,
    metavar="LANGUAGES",
    help="Those that may be heard, the doctor's first, e.g. en,pt.",
)
@click.option(
    "--translate-to",
    "targets",
    callback=language_tags,
    metavar="LANGUAGES",
    help="Translate everything into these, e.g. pt or en,pt.",
)
@click.option("--note", is_flag=True, help="Also draft a note, each sentence with its evidence.")
@click.option(
    "--format",
    "formats",
    callback=known_formats,
    metavar="FORMATS",
    help="json,md,docx,srt,vtt,rttm,html,note,fhir,deid, or all. [default: all but the last three]",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False),
    callback=_out,
    help="Folder for the results; with several recordings, one inside it for each. [default: ./FILE.voicedoc]",
)
@click.option("--speakers", type=click.IntRange(1, 20), metavar="N", help="How many speak. [default: found out]")
@click.option(
    "--channels",
    "speaking",
    default="auto",
    callback=_speaking,
    show_default=True,
    metavar="CHANNELS",
    help="auto, mix, separate, or who speaks on each channel: doctor,patient.",
)
@click.option("--turns", type=FILE, callback=_turns, help="Who speaks when: RTTM, or JSON [{start, end, speaker}].")
@click.option(
    "--speaker",
    "roles",
    multiple=True,
    callback=speakers_of_turns,
    metavar="SPEAKER=ROLE",
    help="Who a speaker is: S1=doctor.",
)
@click.option(
    "--doctor-voice", type=FILE, callback=_sample, help="A few seconds of the doctor alone, to know the voice by."
)
@click.option("--patient-voice", type=FILE, callback=_sample, help="A few seconds of the patient alone.")
@click.option(
    "--profile",
    default="embedded",
    show_default=True,
    callback=_profile,
    shell_complete=complete_profile,
    help="Its name or path.",
)
@glossary_option
@advice_option
@click.option("--resume", is_flag=True, help="Do only what is missing; what was made with other settings is left.")
@click.option(
    "--overwrite", is_flag=True, help="Do all again. With --resume: only what was made with other settings, or lacks."
)
@click.option(
    "--ray", metavar="ADDRESS", callback=cluster_address, help="On a Ray cluster; 'local' starts one on this machine."
)
@click.option("--workers", type=click.IntRange(1), metavar="N", help="With --ray: how many. [default: what fits]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per recording instead of a table.")
def transcribe(
    paths: tuple[str, ...],
    languages: tuple[str, ...],
    targets: tuple[str, ...],
    note: bool,
    formats: tuple[str, ...],
    out: Path | None,
    profile: Profile,
    glossary: Glossary,
    no_advice: bool,
    resume: bool,
    overwrite: bool,
    ray: str | None,
    workers: int | None,
    as_json: bool,
    **known: Any,
) -> None:
    """Transcribe recordings of consultations: who said what, when, in both languages.

    PATH is a recording in any common audio or video format, a folder of them, or a pattern. Each gets a folder with
    the journal, the transcript (JSON, Markdown, Word), subtitles, a page to listen to and read along, and who spoke
    when. A folder appears when all of it is there. Nothing leaves this machine.
    """
    from voicedoc.cli.batch_progress import BatchProgress
    from voicedoc.jobs.cluster import transcribe_on
    from voicedoc.jobs.find import find_recordings
    from voicedoc.jobs.joining import Cluster
    from voicedoc.jobs.local import transcribe_here
    from voicedoc.jobs.plan import plan
    from voicedoc.jobs.work import EngineSpec, Order

    if workers and not ray:
        raise click.UsageError("--workers goes with --ray, e.g. --ray local --workers 2")
    _check_together(**known)
    job = _job(_formats(formats, note, (*languages, *targets)), **known)
    found = find_recordings(list(paths))
    tasks = plan(found.recordings, out)
    _check_tasks(tasks, job)
    profile = replace(profile, advise=profile.advise and not no_advice)
    order = Order(EngineSpec(profile, languages, targets, glossary=glossary), job, resume=resume, overwrite=overwrite)
    with BatchProgress(tasks, as_json=as_json) as progress:
        progress.found(found)
        reports = (
            transcribe_on(Cluster(ray, workers=workers), tasks, order, watch=progress.watch)
            if ray
            else transcribe_here(tasks, order, watch=progress.watch)
        )
        for report in _reported(reports):
            progress.report(report)
    if progress.interrupted:
        raise SystemExit(INTERRUPTED)
    if progress.n_failed:  # a recording, a path, or an utterance in one
        raise SystemExit(1)


def _reported(reports: Iterator[Report]) -> Iterator[Report]:
    """The reports; what an option is to blame for is said as a slip in the usage."""
    try:
        yield from reports
    except SampleRefused as error:
        raise click.BadParameter(with_remedy(error), param_hint=f"'--{error.role}-voice'") from error
    except UnsupportedLanguage as error:
        raise click.BadParameter(with_remedy(error), param_hint="'--languages' or '--translate-to'") from error


def _formats(chosen: tuple[str, ...], note: bool, languages: tuple[str, ...]) -> tuple[str, ...]:
    """What is to be written, and can be."""
    from voicedoc.export.formats import FORMATS, USUAL

    names = tuple(dict.fromkeys([*(chosen or USUAL), *(["note"] if note else [])]))
    try:
        for name in names:
            FORMATS[name].check(languages)
    except UnsupportedLanguage as error:
        raise click.BadParameter(with_remedy(error), param_hint="'--format'") from error
    return tuple(name for name in FORMATS if name in names)  # in order: FHIR documents take the note along


def _check_together(
    speaking: Speaking, turns: Path | None, speakers: int | None, roles: dict[str, Role], **known: Any
) -> None:
    """Raises: click.UsageError: If two options contradict each other, or one would be for nothing."""
    voices = [f"--{who}-voice" for who in ("doctor", "patient") if known[f"{who}_voice"]]
    by_voice = [*(["--speakers"] if speakers else []), *voices]
    apart = {"--turns": turns is not None, "--channels": speaking.channels == "separate"}
    ways = [option for option, given in apart.items() if given] + by_voice[:1]
    if len(ways) > 1 and any(apart.values()):
        raise click.UsageError(
            f"{ways[0]} and {ways[1]} do not go together: speakers are told apart by marked turns, by their channels, "
            "or by their voices"
        )
    if twice := sorted(set(roles) & set(_labelled(speaking))):
        raise click.UsageError(f"--speaker and --channels both say who {twice[0]} is; leave one of them out")


def _labelled(speaking: Speaking) -> dict[str, Role]:
    return {f"C{number}": role for number, role in enumerate(speaking.roles, start=1)}


def _check_tasks(tasks: Sequence[Task], job: Job) -> None:
    """Raises: click.UsageError: If what is said of the recordings can be true of none of them."""
    if job.turns and len(tasks) > 1:
        raise click.UsageError(f"--turns is about one recording, and these are {len(tasks)}; name one at a time")
    counts = [task.n_channels for task in tasks if task.n_channels]
    if job.channels == "separate" and counts and max(counts) < job.least_channels:
        raise click.BadParameter(
            f"it needs {job.least_channels} channels, and there is no recording with more than {max(counts)}; leave it "
            "out, and voices are told apart instead",
            param_hint="'--channels'",
        )


def _job(formats: tuple[str, ...], **known: Any) -> Job:
    """What is known of the recordings."""
    from voicedoc.batch import Job
    from voicedoc.core.speech import Role

    samples = {Role.DOCTOR: known["doctor_voice"], Role.PATIENT: known["patient_voice"]}
    return Job(
        n_speakers=known["speakers"],
        channels=known["speaking"].channels,
        roles={**known["roles"], **_labelled(known["speaking"])},
        turns=known["turns"],
        voices={role: path for role, path in samples.items() if path},
        formats=formats,
    )
