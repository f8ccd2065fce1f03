"""`voicedoc sessions note`: a session's notes, drafted, edited, signed, checked."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicedoc.cli.options import language_tag
from voicedoc.cli.stored import can_answer, complete_session, open_vault
from voicedoc.errors import ModelError

if TYPE_CHECKING:
    from voicedoc.converse.notes.kept import Kept, Shelf
    from voicedoc.converse.notes.material import Material
    from voicedoc.converse.notes.model import Drafting
    from voicedoc.converse.notes.note import Note
    from voicedoc.converse.notes.support import Checker
    from voicedoc.converse.notes.template import Template
    from voicedoc.core.events import Event

EPILOG = """\b
Examples:
  voicedoc sessions note last                                  draft it, or show what was kept
  voicedoc sessions note last --template summary --out home.docx
  voicedoc sessions note last --edit
  voicedoc sessions note last --sign "Dr Ana Silva"
  voicedoc sessions note last --verify
\b
SESSION is the beginning of an id, "last", or the folder of a session.
Exit status: 0 done; 1 something failed, or with --verify a signed note is not what was signed; 2 wrong usage.
"""


def _language(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    return language_tag(ctx, param, value) if value else ""


@click.command(epilog=EPILOG)
@click.argument("session", shell_complete=complete_session)
@click.option(
    "--template",
    "template_name",
    default="soap",
    show_default=True,
    metavar="NAME",
    help="soap (for the clinician), summary (for the patient), or a file of yours: ./mine.toml.",
)
@click.option("--language", callback=_language, help="The note's language.  [default: its reader's]")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it to a file: .md, .json, .docx, .fhir-r4.json or .fhir-r5.json.",
)
@click.option("--model", metavar="NAME", help="Have a dialogue model word it; rules judge each of its sentences.")
@click.option("--again", is_flag=True, help="Draft it anew, as a new version.")
@click.option("--edit", is_flag=True, help="Change it in your editor; what comes of it is a new version.")
@click.option("--sign", "signer", metavar="NAME", help="Sign it by this name: from now on that version is not a draft.")
@click.option("--yes", is_flag=True, help="With --sign: do not ask.")
@click.option("--verify", is_flag=True, help="Only see whether signed notes are as they were signed.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def note(
    session: str,
    template_name: str,
    language: str,
    out: Path | None,
    model: str | None,
    again: bool,
    edit: bool,
    signer: str | None,
    yes: bool,
    verify: bool,
    as_json: bool,
) -> None:
    """Draft, show, edit and sign the note of a session. Each sentence says which utterances it rests on.

    Without --model no model takes part: what the interview noted, in fixed wordings, and what was said, word for word.
    What nothing that was said supports is marked. Notes are kept with the session, every version of them; a draft is
    a draft until somebody signs it.
    """
    from voicedoc.converse.notes.files import ending_of, write
    from voicedoc.converse.notes.template import load_template
    from voicedoc.export.transcript import transcript_of

    if out:
        ending_of(out)
    template = load_template(template_name)
    with _shelf(session) as shelf:
        if verify:
            _verify(shelf, as_json=as_json)
            return
        events = shelf.events()
        kept = _kept(shelf, events, template, language, model, again=again)
        if edit:
            kept = _edited(shelf, events, kept)
        if signer is not None:
            kept = _signed(shelf, kept, signer, ask=not yes)
        if out:
            write(kept, transcript_of(events), out)
            click.echo(str(out))
        elif signer is None or as_json:
            _show(kept, as_json=as_json)
        _say_state(kept)


@contextmanager
def _shelf(session: str) -> Iterator[Shelf]:
    """The notes of a stored session, or of a folder."""
    from voicedoc.converse.notes.kept import FolderShelf, StoredShelf

    if Path(session).is_dir():
        yield FolderShelf(Path(session))
    elif not session.isalnum():
        raise click.UsageError(f"'{session}' is no folder, and no id of a session (see voicedoc sessions list)")
    else:
        with open_vault() as vault:
            yield StoredShelf(vault, vault.find(session).id)


def _kept(
    shelf: Shelf, events: list[Event], template: Template, language: str, model: str | None, *, again: bool
) -> Kept:
    """What was kept, or a draft that is kept now."""
    from voicedoc.converse.notes.kept import keep, latest
    from voicedoc.converse.notes.material import gather

    material = gather(events, language=language, reader=template.reader)
    last = latest(shelf, f"{template.name}-{material.language}", events)
    if last and not again and not model:
        if last.note.n_said != material.draft.n_sentences:
            click.echo(
                "more or less was said in this session than when this was drafted: --again drafts anew", err=True
            )
        return last
    return keep(shelf, _drafted(material, template, model), events)


def keep_draft(shelf: Shelf, events: Sequence[Event]) -> None:
    """Keep a first draft for the clinician, by rules, with a session that has just ended."""
    from voicedoc.converse.notes.template import load_template

    _kept(shelf, list(events), load_template("soap"), "", None, again=False)


def _drafted(material: Material, template: Template, model: str | None) -> Note:
    from voicedoc.converse.notes.labels import Labels
    from voicedoc.converse.notes.rules import draft_by_rules

    if model is None:
        return draft_by_rules(material, template, Labels.shipped())
    from voicedoc.converse.notes.model import ModelDrafter
    from voicedoc.engine import named_dialogue_model

    drafter = ModelDrafter(named_dialogue_model(model), material, template, Labels.shipped(), _checker(material))
    return _streamed(drafter.draft())


def _streamed(drafting: Drafting) -> Note:
    """Show sentences as they are written. Ctrl-C stops the model, and nothing is kept."""
    with closing(drafting):
        while True:
            try:
                section, label, sentence = next(drafting)
            except StopIteration as end:
                made: Note = end.value
                return made
            mark = "⚠ " if sentence.is_doubtful else ""
            click.echo(f"{label or section}: {mark}{sentence.text}", err=True)


def _checker(material: Material) -> Checker:
    """A judge, with the model that compares meanings where it is there."""
    from voicedoc.converse.notes.support import Checker
    from voicedoc.phrases.e5 import E5, MODEL
    from voicedoc.store.models import ModelStore

    try:
        return Checker(material, E5(ModelStore.default().open(MODEL)))
    except ModelError:
        return Checker(material)


# --- a person's part


def _edited(shelf: Shelf, events: list[Event], kept: Kept) -> Kept:
    from voicedoc.converse.notes.edit import from_text, to_text
    from voicedoc.converse.notes.kept import keep
    from voicedoc.converse.notes.material import gather

    before = to_text(kept.note)
    after = _in_editor(before)
    if after == before:
        click.echo("nothing was changed", err=True)
        return kept
    material = gather(events, language=kept.note.language, reader=kept.note.reader)
    return keep(shelf, from_text(after, kept.note, material), events)


def _in_editor(text: str) -> str:
    """What a person makes of a text, in a file for them alone: in memory, where the system has a place for that."""
    memory = os.environ.get("XDG_RUNTIME_DIR", "")
    place = memory if memory and Path(memory).is_dir() else None
    with tempfile.TemporaryDirectory(prefix="voicedoc-", dir=place) as folder:
        path = Path(folder) / "note.md"
        path.touch(mode=0o600)
        path.write_text(text, "utf-8")
        click.edit(filename=str(path))
        return path.read_text("utf-8")


def _signed(shelf: Shelf, kept: Kept, signer: str, *, ask: bool) -> Kept:
    from voicedoc.converse.notes.kept import sign
    from voicedoc.converse.notes.note import Support

    if ask and not kept.signature:
        if not can_answer():
            raise click.UsageError("nothing was signed: nobody is here to confirm it; --yes does without")
        _show(kept, as_json=False)
        counts = kept.note.counts().by_support
        click.echo(f"{counts[Support.UNSUPPORTED]} not supported, {counts[Support.PARTLY]} to be checked", err=True)
        click.confirm(f"I have read this note and answer for it. Sign as {signer.strip()}?", abort=True, err=True)
    return sign(shelf, kept, signer)


def _verify(shelf: Shelf, *, as_json: bool) -> None:
    from voicedoc.converse.notes.kept import broken, kept_notes

    problems, kept = broken(shelf), kept_notes(shelf)
    signed = [one for one in kept if one.signature]
    if as_json:
        found = [{"note": one.id, "state": one.state, "sha256": one.sha256} for one in kept]
        click.echo(json.dumps({"problems": problems, "notes": found}))
    else:
        for one in signed:
            click.echo(f"{one.id}  {one.state}  {one.signature.signer if one.signature else ''}  sha256 {one.sha256}")
        if not signed:
            click.echo("no note of this session is signed", err=True)
        for problem in problems:
            click.echo(problem, err=True)
    if problems:
        raise SystemExit(1)


# --- words


def _show(kept: Kept, *, as_json: bool) -> None:
    from voicedoc.converse.notes.written import to_json, to_markdown

    click.echo(json.dumps(to_json(kept), ensure_ascii=False) if as_json else to_markdown(kept), nl=as_json)


def _say_state(kept: Kept) -> None:
    from voicedoc.converse.notes.written import status_of

    click.echo(f"{kept.id}: {status_of(kept)}", err=True)
