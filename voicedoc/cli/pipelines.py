"""`voicedoc pipelines`: what profiles there are, and what is in them."""

from __future__ import annotations

import json

import click
from click.shell_completion import CompletionItem


def complete_profile(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The shipped profiles' names that begin so."""
    from voicedoc.profiles import profile_names

    return [CompletionItem(name) for name in profile_names() if name.startswith(incomplete)]


@click.group()
def pipelines() -> None:
    """List and show profiles: which models and settings a use runs on.

    A profile is one TOML file. Copy a shipped one, change it, and give its path to --profile.
    """


@pipelines.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_profiles(as_json: bool) -> None:
    """List the shipped profiles."""
    from voicedoc.profiles import load_profile, profile_names

    profiles = [load_profile(name) for name in profile_names()]
    if as_json:
        click.echo(json.dumps([{"name": p.name, "description": p.description, "models": p.models} for p in profiles]))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("profile", "what for", "models", box=None)
    for profile in profiles:
        table.add_row(profile.name, profile.description, ", ".join(profile.models) or "none")
    Console().print(table)


@pipelines.command("show")
@click.argument("profile", shell_complete=complete_profile)
def show_profile(profile: str) -> None:
    """Print PROFILE as it is written, with the path to copy it from."""
    from voicedoc.profiles import load_profile

    loaded = load_profile(profile)
    click.echo(f"# {loaded.path}\n{loaded.path.read_text('utf-8')}", nl=False)
