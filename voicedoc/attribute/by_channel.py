"""Who spoke, by the channel: each has a microphone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from voicedoc.attribute.role import Attribution
from voicedoc.core.events import TranscriptFinal
from voicedoc.core.speech import Role
from voicedoc.errors import ConfigError


class ByChannel:
    """An `Attributor`. `roles` maps channel numbers, from 0, to who sits at that microphone.

    A channel that is not named has an unknown speaker.

    Raises:
        ConfigError: If `roles` is empty.
    """

    method: ClassVar[str] = "channel"

    def __init__(self, roles: Mapping[int, Role]) -> None:
        if not roles:
            raise ConfigError("no channel has a role", remedy="--channels doctor,patient")
        self._roles = dict(roles)

    def attribute(self, transcript: TranscriptFinal) -> Attribution:
        """See `Attributor`."""
        role = self._roles.get(transcript.channel, Role.UNKNOWN)
        return Attribution(role, 0.0 if role is Role.UNKNOWN else 1.0)
