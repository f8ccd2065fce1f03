"""What several commands take from the command line, checked as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from voicedoc.core.speech import Role


def roles_of_channels(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[Role, ...]:
    """`doctor,patient` → roles, in the order of the channels."""
    from voicedoc.core.speech import Role

    if value is None:
        return ()
    names = [name.strip() for name in value.split(",")]
    known = [role.value for role in Role]
    if wrong := [name for name in names if name not in known]:
        raise click.BadParameter(f"'{wrong[0]}' is no role; a list such as doctor,patient (known: {', '.join(known)})")
    return tuple(Role(name) for name in names)


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
    """`SPEAKER_00=doctor` → a role by name."""
    named = {}
    for value in values:
        name, separator, role = value.rpartition("=")
        if not separator or not name:
            raise click.BadParameter(f"'{value}' is not NAME=ROLE, e.g. SPEAKER_00=doctor")
        (named[name],) = roles_of_channels(ctx, param, role)
    return named


def language_tags(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """`en,pt` → BCP 47 tags, each once."""
    names = [name.strip() for name in (value or "").split(",")]
    if value is not None and not any(names):
        raise click.BadParameter("no language is named; tags such as en,pt")
    return tuple(dict.fromkeys(language_tag(ctx, param, name) for name in names if name))


def known_formats(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """`srt,docx` → names of formats; "all" is every one of them."""
    from voicedoc.errors import ConfigError
    from voicedoc.export.formats import FORMATS, named_formats

    names = [name.strip() for name in (value or "").split(",") if name.strip()]
    if names == ["all"]:
        return tuple(FORMATS)
    try:
        return tuple(made.name for made in named_formats(names))
    except ConfigError as error:
        raise click.BadParameter(f"{error}; {error.remedy}") from error
