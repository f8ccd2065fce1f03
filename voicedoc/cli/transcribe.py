"""`voicedoc transcribe`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicedoc.cli import INTERRUPTED
from voicedoc.cli.options import known_formats, language_tags, roles_of_channels
from voicedoc.cli.pipelines import complete_profile

if TYPE_CHECKING:
    from voicedoc.batch import Job
    from voicedoc.core.speech import Role

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
CHANNELS = ("auto", "mix", "separate")


def _roles(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, Role]:
    """`S1=doctor` → a role by a speaker's label."""
    named = {}
    for value in values:
        label, separator, role = value.rpartition("=")
        if not separator or not label:
            raise click.BadParameter(f"'{value}' is not SPEAKER=ROLE, e.g. S1=doctor")
        (named[label],) = roles_of_channels(ctx, param, role)
    return named


@click.command(
    epilog="Examples:\n\n"
    "  voicedoc transcribe visit.mp3 --languages en,pt --translate-to pt --note\n\n"
    "  voicedoc transcribe recordings/ 'more/*.m4a' --languages en --out results --resume\n\n"
    "  voicedoc transcribe stereo.wav --languages en,pt --channels doctor,patient --format srt,docx,html\n\n"
    "Exit status: 0 all transcribed, 1 a recording failed, 2 wrong usage, 130 interrupted."
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--languages",
    required=True,
    callback=language_tags,
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
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the results; with several recordings, one inside it for each. [default: ./FILE.voicedoc]",
)
@click.option("--speakers", type=click.IntRange(1, 20), metavar="N", help="How many speak. [default: found out]")
@click.option(
    "--channels",
    default="auto",
    show_default=True,
    metavar="CHANNELS",
    help="auto, mix, separate, or who speaks on each channel: doctor,patient.",
)
@click.option("--turns", type=FILE, help="Who speaks when: RTTM, or JSON [{start, end, speaker}].")
@click.option(
    "--speaker", "roles", multiple=True, callback=_roles, metavar="SPEAKER=ROLE", help="Who a speaker is: S1=doctor."
)
@click.option("--doctor-voice", type=FILE, help="A few seconds of the doctor alone, to know the voice by.")
@click.option("--patient-voice", type=FILE, help="A few seconds of the patient alone.")
@click.option(
    "--profile", default="embedded", show_default=True, shell_complete=complete_profile, help="Its name or path."
)
@click.option("--resume", is_flag=True, help="Do only what is missing.")
@click.option("--overwrite", is_flag=True, help="Replace results that are there.")
@click.option("--ray", metavar="ADDRESS", help="On a Ray cluster; 'local' starts one on this machine.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="With --ray: how many. [default: what fits]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per recording instead of a table.")
def transcribe(
    paths: tuple[str, ...],
    languages: tuple[str, ...],
    targets: tuple[str, ...],
    note: bool,
    formats: tuple[str, ...],
    out: Path | None,
    channels: str,
    profile: str,
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
    from voicedoc.jobs.cluster import Cluster, transcribe_on
    from voicedoc.jobs.find import find_recordings
    from voicedoc.jobs.local import transcribe_here
    from voicedoc.jobs.plan import plan
    from voicedoc.jobs.work import EngineSpec, Order
    from voicedoc.profiles import load_profile

    if workers and not ray:
        raise click.UsageError("--workers goes with --ray, e.g. --ray local --workers 2")
    job = _job(languages, channels, _formats(formats, note, (*languages, *targets)), **known)
    found = find_recordings(list(paths))
    tasks = plan(found.recordings, out)
    if job.turns and len(tasks) > 1:
        raise click.UsageError(f"--turns is about one recording, and these are {len(tasks)}; name one at a time")
    order = Order(EngineSpec(load_profile(profile), languages, targets), job, resume=resume, overwrite=overwrite)
    with BatchProgress(tasks, as_json=as_json) as progress:
        for problem in found.problems:
            progress.problem(problem)
        reports = (
            transcribe_on(Cluster(ray, workers=workers), tasks, order, watch=progress.watch)
            if ray
            else transcribe_here(tasks, order, watch=progress.watch)
        )
        for report in reports:
            progress.report(report)
    if progress.interrupted:
        raise SystemExit(INTERRUPTED)
    if progress.n_failed:  # a recording, a path, or an utterance in one
        raise SystemExit(1)


def _formats(chosen: tuple[str, ...], note: bool, languages: tuple[str, ...]) -> tuple[str, ...]:
    """What is to be written, and can be."""
    from voicedoc.export.formats import FORMATS, USUAL

    names = tuple(dict.fromkeys([*(chosen or USUAL), *(["note"] if note else [])]))
    for name in names:
        FORMATS[name].check(languages)
    return tuple(name for name in FORMATS if name in names)  # in order: FHIR documents take the note along


def _job(languages: tuple[str, ...], channels: str, formats: tuple[str, ...], **known: Any) -> Job:
    """What is known of the recordings. A slip in a file of turns is found here, before models load."""
    from voicedoc.attribute.by_turns import read_speaker_turns
    from voicedoc.batch import Job
    from voicedoc.core.speech import Role

    roles: dict[str, Role] = dict(known["roles"])
    if channels not in CHANNELS:
        each = roles_of_channels(click.get_current_context(), click.Option(["--channels"]), channels)
        roles |= {f"C{number}": role for number, role in enumerate(each, start=1)}
        channels = "separate"
    if known["turns"]:
        read_speaker_turns(known["turns"])
    samples = {Role.DOCTOR: known["doctor_voice"], Role.PATIENT: known["patient_voice"]}
    return Job(
        n_speakers=known["speakers"],
        channels=channels,  # type: ignore[arg-type]  # one of CHANNELS by now
        roles=roles,
        turns=known["turns"],
        voices={role: path for role, path in samples.items() if path},
        formats=formats,
    )
