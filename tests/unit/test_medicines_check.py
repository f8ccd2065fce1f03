"""What does not go together. Expectations from the sources named in the tables, not from the tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicedoc.converse.medicines.check import Conflict, conflicts, unlisted
from voicedoc.converse.medicines.table import classes, known_names
from voicedoc.core.speech import UtteranceId

pytestmark = pytest.mark.unit

Named = dict[str, tuple[UtteranceId, ...]]


def said(*names: str) -> Named:
    return {name: (UtteranceId(at),) for at, name in enumerate(names, start=1)}


def found(*drugs: str, allergic: tuple[str, ...] = (), signs: tuple[str, ...] = ()) -> tuple[Conflict, ...]:
    return conflicts(said(*drugs), said(*allergic), said(*signs))


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        ("warfarin", "ibuprofen", "major"),
        ("warfarin", "acetylsalicylic acid", "major"),
        ("warfarin", "clarithromycin", "major"),
        ("acenocoumarol", "fluconazole", "major"),
        ("phenprocoumon", "metronidazole", "major"),
        ("warfarin", "sulfamethoxazole", "major"),
        ("warfarin", "hypericum", "major"),
        ("warfarin", "amiodarone", "major"),
        ("apixaban", "naproxen", "major"),
        ("rivaroxaban", "rifampicin", "major"),
        ("apixaban", "warfarin", "major"),
        ("clopidogrel", "omeprazole", "moderate"),
        ("lisinopril", "spironolactone", "major"),
        ("ramipril", "potassium chloride", "major"),
        ("losartan", "trimethoprim", "major"),
        ("enalapril", "losartan", "major"),
        ("ramipril", "ibuprofen", "moderate"),
        ("lithium", "ibuprofen", "major"),
        ("lithium", "hydrochlorothiazide", "major"),
        ("lithium", "lisinopril", "major"),
        ("methotrexate", "trimethoprim", "major"),
        ("methotrexate", "diclofenac", "major"),
        ("azathioprine", "allopurinol", "major"),
        ("nitroglycerin", "sildenafil", "major"),
        ("isosorbide", "tadalafil", "major"),
        ("verapamil", "bisoprolol", "major"),
        ("digoxin", "amiodarone", "major"),
        ("digoxin", "verapamil", "major"),
        ("digoxin", "clarithromycin", "major"),
        ("simvastatin", "clarithromycin", "major"),
        ("atorvastatin", "itraconazole", "major"),
        ("simvastatin", "nirmatrelvir", "major"),
        ("colchicine", "clarithromycin", "major"),
        ("phenelzine", "fluoxetine", "major"),
        ("moclobemide", "sumatriptan", "major"),
        ("linezolid", "sertraline", "major"),
        ("sertraline", "tramadol", "major"),
        ("sertraline", "hypericum", "major"),
        ("morphine", "diazepam", "major"),
        ("oxycodone", "pregabalin", "major"),
        ("codeine", "alcohol", "major"),
        ("diazepam", "alcohol", "major"),
        ("metronidazole", "alcohol", "moderate"),
        ("theophylline", "ciprofloxacin", "major"),
        ("ciclosporin", "clarithromycin", "major"),
        ("tacrolimus", "fluconazole", "major"),
        ("doxycycline", "ferrous sulfate", "moderate"),
        ("levothyroxine", "calcium carbonate", "moderate"),
        ("ethinylestradiol", "carbamazepine", "major"),
        ("valproic acid", "meropenem", "major"),
        ("lamotrigine", "valproic acid", "major"),
        ("haloperidol", "methadone", "major"),
        ("citalopram", "erythromycin", "major"),
        ("ibuprofen", "prednisolone", "major"),
        ("tizanidine", "ciprofloxacin", "major"),
        ("naltrexone", "oxycodone", "major"),
        ("doxycycline", "isotretinoin", "major"),
    ],
)
def test_what_every_public_source_warns_of_is_found_in_either_order(one: str, other: str, severity: str) -> None:
    for pair in ((one, other), (other, one)):
        (conflict,) = [c for c in found(*pair) if c.kind == "interaction"]
        assert set(conflict.names) == {one, other}
        assert conflict.severity == severity
        assert conflict.message().endswith(".") and conflict.source.url.startswith("https://")
        assert conflict.evidence == (1, 2)


@pytest.mark.parametrize(
    "drugs",
    [
        ("paracetamol", "amoxicillin"),
        ("metformin", "lisinopril"),
        ("levothyroxine", "atorvastatin"),
        ("warfarin",),
        ("amlodipine", "losartan"),
        ("acetylsalicylic acid", "atorvastatin", "bisoprolol", "ramipril"),
        ("paracetamol", "ibuprofen"),
        ("salbutamol", "budesonide"),
        ("prasugrel", "pantoprazole"),
        ("sumatriptan", "propranolol"),
    ],
)
def test_common_companions_are_left_in_peace(drugs: tuple[str, ...]) -> None:
    assert found(*drugs) == ()


@pytest.mark.parametrize(
    ("allergic", "drug", "severity"),
    [
        ("penicillin", "penicillin", "major"),
        ("penicillin", "amoxicillin", "major"),
        ("amoxicillin", "piperacillin", "major"),
        ("penicillin", "cefalexin", "major"),
        ("amoxicillin", "cefaclor", "major"),
        ("penicillin", "ceftriaxone", "moderate"),
        ("penicillin", "meropenem", "moderate"),
        ("ceftriaxone", "amoxicillin", "moderate"),
        ("acetylsalicylic acid", "ibuprofen", "major"),
        ("ibuprofen", "naproxen", "major"),
        ("sulfa", "sulfamethoxazole", "major"),
        ("carbamazepine", "phenytoin", "major"),
    ],
)
def test_an_allergy_reaches_what_is_alike(allergic: str, drug: str, severity: str) -> None:
    (conflict,) = [c for c in found(drug, allergic=(allergic,)) if c.kind == "allergy"]
    assert (conflict.names, conflict.severity) == ((allergic, drug), severity)


@pytest.mark.parametrize(
    ("allergic", "drug"),
    [
        ("penicillin", "azithromycin"),
        ("penicillin", "aztreonam"),
        ("ibuprofen", "paracetamol"),
        ("sulfa", "furosemide"),
    ],
)
def test_an_allergy_does_not_reach_what_is_not_alike(allergic: str, drug: str) -> None:
    assert found(drug, allergic=(allergic,)) == ()


@pytest.mark.parametrize(
    ("sign", "drug", "severity"),
    [
        ("pregnant", "valproic acid", "major"),
        ("pregnant", "lisinopril", "major"),
        ("pregnant", "ibuprofen", "major"),
        ("pregnant", "isotretinoin", "major"),
        ("history-asthma-copd", "propranolol", "major"),
        ("history-ulcer", "naproxen", "major"),
        ("stool-black", "ibuprofen", "major"),
        ("history-kidney", "ibuprofen", "major"),
        ("history-heart-failure", "verapamil", "major"),
        ("history-heart", "sumatriptan", "major"),
        ("child", "acetylsalicylic acid", "major"),
        ("child", "codeine", "major"),
        ("breastfeeding", "codeine", "major"),
        ("history-epilepsy", "bupropion", "major"),
    ],
)
def test_a_condition_that_a_medicine_does_not_suit(sign: str, drug: str, severity: str) -> None:
    (conflict,) = found(drug, signs=(sign,))
    assert (conflict.kind, conflict.names, conflict.severity) == ("condition", (sign, drug), severity)


def test_two_of_a_class_are_told_where_one_is_enough() -> None:
    (conflict,) = found("ibuprofen", "naproxen")
    assert (conflict.kind, conflict.class_title) == ("same class", "NSAID")
    assert conflict.message("pt") == "Dois medicamentos da mesma classe: NSAID."
    assert found("amoxicillin", "flucloxacillin") == ()  # two antibiotics may be meant


def test_a_blood_thinner_is_the_one_that_was_named() -> None:
    assert found("anticoagulant", "warfarin") == ()
    assert [c.names for c in found("nsaid", "ibuprofen", "warfarin")] == [("warfarin", "ibuprofen")]
    assert [c.names for c in found("nsaid", "warfarin")] == [("warfarin", "nsaid")]
    assert [c.names for c in found("warfarin", "apixaban", "anticoagulant")] == [("apixaban", "warfarin")]


def test_two_names_have_one_conflict_the_gravest_first() -> None:
    many = found("ibuprofen", "warfarin", "clopidogrel", "omeprazole", "naproxen", allergic=("ibuprofen",))
    assert [c.severity for c in many] == sorted(c.severity for c in many)
    assert many[0].kind == "allergy"
    pairs = [frozenset(c.names) for c in many if c.kind != "allergy"]
    assert len(pairs) == len(set(pairs))


def test_who_is_poisoned_is_named_first() -> None:
    (conflict,) = found("ibuprofen", "lithium")
    assert conflict.message() == "The level of lithium rises: risk of poisoning."
    assert conflict.message("de") == "Der Spiegel von lithium steigt: Risiko einer Vergiftung."


def test_what_no_table_speaks_of_is_said_to_be_unlisted_not_safe() -> None:
    drugs = said("warfarin", "ambroxol", "klaritromisin", "no-such-drug")
    assert unlisted(drugs) == ("ambroxol", "no-such-drug")  # clarithromycin is known by its sound
    assert found("warfarin", "no-such-drug") == ()


@given(
    st.lists(st.sampled_from(sorted(known_names())), max_size=8, unique=True),
    st.lists(st.sampled_from(sorted(known_names())), max_size=3, unique=True),
)
def test_no_combination_is_too_much_and_the_order_does_not_matter(drugs: list[str], allergic: list[str]) -> None:
    there = conflicts(said(*drugs), said(*allergic), {})
    again = conflicts(dict(reversed(said(*drugs).items())), said(*allergic), {})
    assert there == again
    assert all(set(c.names) <= {*drugs, *allergic} for c in there)
    assert len(classes()) > 40
