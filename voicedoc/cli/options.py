"""What several commands take from the command line, checked as it is read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from voicedoc.core.glossary import Glossary
    from voicedoc.core.speech import Role
    from voicedoc.errors import VoiceDocError


def with_remedy(error: VoiceDocError) -> str:
    """What an error says, as the end of a message about an option."""
    return f"{error}\nTry: {error.remedy}" if error.remedy else str(error)


def roles_of_channels(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[Role, ...]:
    """`doctor,patient` → roles, in the order of the channels."""
    return tuple(_role(name) for name in _listed(value, "role", "a list such as doctor,patient"))


def _role(name: str) -> Role:
    from voicedoc.core.speech import Role

    known = [role.value for role in Role]
    if name not in known:
        raise click.BadParameter(f"'{name}' is no role; a list such as doctor,patient (known: {', '.join(known)})")
    return Role(name)


def glossary_of(ctx: click.Context, param: click.Parameter, value: Path | None) -> Glossary:
    """A file with the visit's own words, read at once: a slip in it is found before models load."""
    from voicedoc.core.glossary import NO_GLOSSARY, Glossary
    from voicedoc.errors import ConfigError

    if value is None:
        return NO_GLOSSARY
    try:
        return Glossary.read(value)
    except ConfigError as error:
        raise click.BadParameter(with_remedy(error)) from error


glossary_option = click.option(
    "--glossary",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=glossary_of,
    metavar="FILE",
    help="The visit's drugs, allergies and names, .toml or .csv (columns kind,term or kind,en,pt): they are heard, "
    "translated, pronounced and checked as it says.",
)
"""`--glossary FILE`."""


advice_option = click.option(
    "--no-advice", is_flag=True, help="Do not warn the clinician of what the rules find: red flags, medicines."
)
"""`--no-advice`."""


def language_tag(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """A BCP 47 tag, as people write them: `EN`, `pt_BR`. A name gets its tag as a suggestion."""
    from babel import Locale

    language, *rest = value.replace("_", "-").split("-")
    names = {code: name.casefold() for code, name in Locale("en").languages.items()}
    if language.lower() in names and all(part.isalnum() for part in rest):
        return "-".join([language.lower(), *rest])
    tags = [code for code, name in names.items() if name == value.casefold()]
    hint = f"did you mean '{tags[0]}'?" if tags else "a tag such as en, pt, pt-BR"
    raise click.BadParameter(f"'{value}' is no language tag; {hint}")


def speakers_of_turns(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, Role]:
    """`SPEAKER_00=doctor` → a role by name; each is named once."""
    named: dict[str, Role] = {}
    for value in values:
        name, separator, role = (part.strip() for part in value.rpartition("="))
        if not separator or not name:
            raise click.BadParameter(f"'{value}' is not SPEAKER=ROLE, e.g. S1=doctor")
        if name in named:
            raise click.BadParameter(f"'{name}' has two roles; give one")
        named[name] = _role(role)
    return named


def language_tags(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """`en,pt` → BCP 47 tags; each is named once."""
    tags = tuple(language_tag(ctx, param, name) for name in _listed(value, "language", "tags such as en,pt"))
    if twice := [tag for number, tag in enumerate(tags) if tag in tags[:number]]:
        raise click.BadParameter(f"'{twice[0]}' is named twice")
    return tags


def heard_languages(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """As `language_tags`; none of them only another region's form of one before."""
    from voicedoc.core.languages import same_language

    tags = language_tags(ctx, param, value)
    for number, tag in enumerate(tags):
        for before in tags[:number]:
            if same_language(tag, before):
                raise click.BadParameter(f"'{before}' and '{tag}' are one language to a recogniser; name one of them")
    return tags


def known_formats(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """`srt,docx` → names of formats, each once; "all" is every one of them."""
    from voicedoc.errors import ConfigError
    from voicedoc.export.formats import FORMATS, named_formats

    names = [name.lower() for name in _listed(value, "format", "names such as md,srt, or all")]
    if "all" in names:
        return tuple(FORMATS)
    try:
        return tuple(made.name for made in named_formats(names))
    except ConfigError as error:
        raise click.BadParameter(f"{error}; {error.remedy}, or all") from error


def _listed(value: str | None, what: str, such_as: str) -> list[str]:
    """The names between commas; none where the option is not given."""
    if value is None:
        return []
    names = [name.strip() for name in value.split(",")]
    if not any(names):
        raise click.BadParameter(f"no {what} is named; {such_as}")
    if not all(names):
        raise click.BadParameter(f"'{value}' has an empty place in its list; {such_as}")
    return names


CLUSTER = re.compile(r"local|auto|(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):[0-9]+")
"""Addresses of Ray clusters."""


def cluster_address(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The address of a Ray cluster."""
    if value is not None and not CLUSTER.fullmatch(value):
        raise click.BadParameter(f"'{value}' is no address of a Ray cluster: local, auto, or HOST:PORT")
    return value
