"""Names of medicines, by how they end: capital now and then, and nobody's name."""

from __future__ import annotations

import re

_MEDICINE = re.compile(
    r"(?:profen[eo]?|[cz]illine?|cilin[ae]|m[iy]cine?|micin[ae]|statine?|statin[ae]|pril|sartan[eo]?|[ae]zole?|[ae]zolo?"
    r"|[zd]epam|zolam|tamolo?|ortisone?|ortison[ae]|solone?|solon[ae]|xacine?|xacin[ao]|cyclin[ae]?|ciclin[ae]|xaban"
    r"|formine?|formin[ae]|glipt[iy]ne?|gliptin[ae]|[aiey]dine?|[aiy]din[ae]|dipin[ae]?|[ao]lolo?|terolo?|setron|oxetine?"
    r"|oxetin[ae]|tralin[ea]|semid[ae]?|thiazide?|tiazid[ae]|caine?|cain[ae]|codeine?|codein[ae]|morphine?|morfin[ae]"
    r"|mab|parine?|parin[ae]|prednison[ae]?|insuline?|insulin[ae]|cetamol[oe]?|pirona|mizole?|tadine?|tadin[ae])$"
)
"""Endings of medicines' names (INN stems), in the supported languages. Source: WHO, The use of stems, 2024."""


def is_medicine(word: str) -> bool:
    """Whether a folded word ends as a medicine's international name does, in one of the supported languages."""
    return bool(_MEDICINE.search(word))
