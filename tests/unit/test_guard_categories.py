"""For each category and language: a faithful translation does not hold the sentence, a wrong one does, and says why."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from voicedoc.guard import compare_texts, support

pytestmark = pytest.mark.unit


class Case(NamedTuple):
    category: str
    language: str
    english: str
    right: str
    wrong: str


TABLE: dict[tuple[str, str], dict[str, tuple[str, str]]] = {
    ("dose", "Take 500 mg."): {
        "pt": ("Tome 0,5 g.", "Tome 5000 mg."),
        "es": ("Tome 0,5 gramos.", "Tome 50 mg."),
        "fr": ("Prenez 0,5 g.", "Prenez 500 g."),
        "de": ("Nehmen Sie 0,5 Gramm.", "Nehmen Sie 500 Mikrogramm."),
        "it": ("Prenda mezzo grammo.", "Prenda 500 ml."),
    },
    ("dose", "Take two and a half tablets."): {
        "pt": ("Tome dois comprimidos e meio.", "Tome dois comprimidos."),
        "es": ("Tome dos comprimidos y medio.", "Tome dos gotas y media."),
        "fr": ("Prenez deux comprimés et demi.", "Prenez deux comprimés."),
        "de": ("Nehmen Sie zweieinhalb Tabletten.", "Nehmen Sie zweieinhalb Tropfen."),
        "it": ("Prenda due compresse e mezza.", "Prenda dodici compresse."),
    },
    ("dose", "Take a teaspoon of the syrup."): {
        "pt": ("Tome uma colher de chá do xarope.", "Tome duas colheres de sopa do xarope."),
        "es": ("Tome una cucharadita del jarabe.", "Tome diez cucharadas del jarabe."),
        "fr": ("Prenez une cuillère à café du sirop.", "Prenez deux cuillères à soupe du sirop."),
        "de": ("Nehmen Sie einen Teelöffel vom Sirup.", "Nehmen Sie drei Esslöffel vom Sirup."),
        "it": ("Prenda un cucchiaino di sciroppo.", "Prenda dieci cucchiai di sciroppo."),
    },
    ("frequency", "Take it every 8 hours."): {
        "pt": ("Tome três vezes ao dia.", "Tome de 6 em 6 horas."),
        "es": ("Tómelo cada ocho horas.", "Tómelo cada 18 horas."),
        "fr": ("Prenez-le toutes les 8 heures.", "Prenez-le toutes les 6 heures."),
        "de": ("Nehmen Sie es alle acht Stunden.", "Nehmen Sie es alle sechs Stunden."),
        "it": ("Lo prenda ogni otto ore.", "Lo prenda ogni ora."),
    },
    ("frequency", "Take one tablet twice a day."): {
        "pt": ("Tome um comprimido duas vezes por dia.", "Tome um comprimido duas vezes por semana."),
        "es": ("Tome un comprimido dos veces al día.", "Tome un comprimido cuatro veces al día."),
        "fr": ("Prenez un comprimé deux fois par jour.", "Prenez un comprimé une fois par jour."),
        "de": ("Nehmen Sie zweimal täglich eine Tablette.", "Nehmen Sie dreimal täglich eine Tablette."),
        "it": ("Prenda una compressa due volte al giorno.", "Prenda una compressa due volte alla settimana."),
    },
    ("frequency", "Take it once a week."): {
        "pt": ("Tome uma vez por semana.", "Tome uma vez por dia."),
        "es": ("Tómelo una vez a la semana.", "Tómelo todos los días."),
        "fr": ("Prenez-le une fois par semaine.", "Prenez-le tous les jours."),
        "de": ("Nehmen Sie es einmal pro Woche.", "Nehmen Sie es täglich."),
        "it": ("Lo prenda una volta alla settimana.", "Lo prenda ogni giorno."),
    },
    ("frequency", "Take it t.i.d. please"): {
        "pt": ("Tome de 8/8 h, por favor", "Tome 2 vezes ao dia, por favor"),
        "es": ("Tómelo 3 veces al día, por favor", "Tómelo 2 veces al día, por favor"),
        "fr": ("Prenez-le 3x/jour, s'il vous plaît", "Prenez-le 2x/jour, s'il vous plaît"),
        "de": ("Nehmen Sie es 1-1-1, bitte", "Nehmen Sie es 1-0-1, bitte"),
        "it": ("Lo prenda 3 volte al dì, per favore", "Lo prenda 2 volte al dì, per favore"),
    },
    ("duration", "Take it for two weeks."): {
        "pt": ("Tome por 14 dias.", "Tome por 2 dias."),
        "es": ("Tómelo durante dos semanas.", "Tómelo durante dos meses."),
        "fr": ("Prenez-le pendant 14 jours.", "Prenez-le pendant 4 jours."),
        "de": ("Nehmen Sie es zwei Wochen lang.", "Nehmen Sie es zwölf Wochen lang."),
        "it": ("Lo prenda per due settimane.", "Lo prenda per due giorni."),
    },
    ("timing", "Take it before meals."): {
        "pt": ("Tome antes das refeições.", "Tome depois das refeições."),
        "es": ("Tómelo antes de comer.", "Tómelo después de comer."),
        "fr": ("Prenez-le avant les repas.", "Prenez-le après les repas."),
        "de": ("Nehmen Sie es vor dem Essen.", "Nehmen Sie es nach dem Essen."),
        "it": ("Lo prenda prima dei pasti.", "Lo prenda dopo i pasti."),
    },
    ("timing", "Take it in the morning."): {
        "pt": ("Tome de manhã.", "Tome à noite."),
        "es": ("Tómelo por la mañana.", "Tómelo por la noche."),
        "fr": ("Prenez-le le matin.", "Prenez-le le soir."),
        "de": ("Nehmen Sie es morgens.", "Nehmen Sie es abends."),
        "it": ("Lo prenda al mattino.", "Lo prenda alla sera."),
    },
    ("date", "Come back on March 12."): {
        "pt": ("Volte no dia 12 de março.", "Volte no dia 12 de maio."),
        "es": ("Vuelva el 12 de marzo.", "Vuelva el 13 de marzo."),
        "fr": ("Revenez le 12 mars.", "Revenez le 12 mai."),
        "de": ("Kommen Sie am 12. März wieder.", "Kommen Sie am 2. März wieder."),
        "it": ("Torni il 12 marzo.", "Torni il 12 maggio."),
    },
    ("date", "Come back on Tuesday."): {
        "pt": ("Volte na terça-feira.", "Volte na quinta-feira."),
        "es": ("Vuelva el martes.", "Vuelva el jueves."),
        "fr": ("Revenez mardi.", "Revenez jeudi."),
        "de": ("Kommen Sie am Dienstag wieder.", "Kommen Sie am Donnerstag wieder."),
        "it": ("Torni martedì.", "Torni giovedì."),
    },
    ("time", "Come at 2:30 pm."): {
        "pt": ("Venha às 14h30.", "Venha às 15h30."),
        "es": ("Venga a las 14:30.", "Venga a las 12:30."),
        "fr": ("Venez à 14 h 30.", "Venez à 16 h 30."),
        "de": ("Kommen Sie um 14.30 Uhr.", "Kommen Sie um 14.50 Uhr."),
        "it": ("Venga alle 14:30.", "Venga alle 4:30."),
    },
    ("time", "Take it at 8 pm."): {
        "pt": ("Tome às 8 da noite.", "Tome às 8 da manhã."),
        "es": ("Tómelo a las 8 de la noche.", "Tómelo a las 8 de la mañana."),
        "fr": ("Prenez-le à 20 heures.", "Prenez-le à 8 heures du matin."),
        "de": ("Nehmen Sie es um 20 Uhr.", "Nehmen Sie es um 10 Uhr."),
        "it": ("Lo prenda alle 20.", "Lo prenda alle 9."),
    },
    ("drug", "Are you taking ibuprofen?"): {
        "pt": ("Está a tomar ibuprofeno?", "Está a tomar paracetamol?"),
        "es": ("¿Está tomando ibuprofeno?", "¿Está tomando algo?"),
        "fr": ("Prenez-vous de l'ibuprofène ?", "Prenez-vous de l'amoxicilline ?"),
        "de": ("Nehmen Sie Ibuprofen?", "Nehmen Sie Metformin?"),
        "it": ("Sta prendendo ibuprofene?", "Sta prendendo qualcosa?"),
    },
    ("drug", "Take Tylenol."): {
        "pt": ("Tome paracetamol.", "Tome aspirina."),
        "es": ("Tome acetaminofén.", "Tome aspirina."),
        "fr": ("Prenez du Doliprane.", "Prenez de l'aspirine."),
        "de": ("Nehmen Sie Paracetamol.", "Nehmen Sie Aspirin."),
        "it": ("Prenda la Tachipirina.", "Prenda l'aspirina."),
    },
    ("drug", "Stop the bilastine and the granisetron."): {  # in no list
        "pt": ("Pare a bilastina e o granissetron.", "Pare a bilastina."),
        "es": ("Deje de tomar la bilastina y el granisetrón.", "Deje de tomar la bilastina."),
        "fr": ("Arrêtez la bilastine et le granisétron.", "Arrêtez la bilastine."),
        "de": ("Beenden Sie das Bilastin und das Granisetron.", "Beenden Sie das Bilastin."),
        "it": ("Smetta la bilastina e il granisetron.", "Smetta la bilastina."),
    },
    ("allergy", "I take penicillin."): {
        "pt": ("Eu tomo penicilina.", "Sou alérgico à penicilina."),
        "es": ("Tomo penicilina.", "Soy alérgica a la penicilina."),
        "fr": ("Je prends de la pénicilline.", "Je suis allergique à la pénicilline."),
        "de": ("Ich nehme Penicillin.", "Ich bin allergisch gegen Penicillin."),
        "it": ("Prendo la penicillina.", "Sono allergico alla penicillina."),
    },
    ("allergy", "I am allergic to peanuts."): {
        "pt": ("Tenho alergia a amendoim.", "Sou alérgico a ovos."),
        "es": ("Soy alérgico a los cacahuetes.", "Me gustan los cacahuetes."),
        "fr": ("Je suis allergique aux cacahuètes.", "Je suis allergique au latex."),
        "de": ("Ich bin allergisch gegen Erdnüsse.", "Ich mag Erdnüsse."),
        "it": ("Sono allergica alle arachidi.", "Mi piacciono le arachidi."),
    },
    ("negation", "Do not stop the treatment."): {
        "pt": ("Não pare o tratamento.", "Pare o tratamento."),
        "es": ("No deje el tratamiento.", "Deje el tratamiento."),
        "fr": ("N'arrêtez pas le traitement.", "Arrêtez le traitement."),
        "de": ("Beenden Sie die Behandlung nicht.", "Beenden Sie die Behandlung."),
        "it": ("Non smetta la terapia.", "Smetta la terapia."),
    },
    ("negation", "I have no chest pain, but I have a fever."): {
        "pt": ("Não tenho dor no peito, mas tenho febre.", "Tenho dor no peito, mas não tenho febre."),
        "es": ("No tengo dolor de pecho, pero tengo fiebre.", "Tengo dolor de pecho, pero no tengo fiebre."),
        "fr": (
            "Je n'ai pas mal à la poitrine, mais j'ai de la fièvre.",
            "J'ai mal à la poitrine, mais je n'ai pas de fièvre.",
        ),
        "de": ("Ich habe keine Brustschmerzen, aber Fieber.", "Ich habe Brustschmerzen, aber kein Fieber."),
        "it": ("Non ho dolore al petto, ma ho la febbre.", "Ho dolore al petto, ma non ho la febbre."),
    },
    ("laterality", "Does your left knee hurt?"): {
        "pt": ("Dói o joelho esquerdo?", "Dói o joelho direito?"),
        "es": ("¿Le duele la rodilla izquierda?", "¿Le duele la rodilla derecha?"),
        "fr": ("Avez-vous mal au genou gauche ?", "Avez-vous mal au genou droit ?"),
        "de": ("Tut Ihr linkes Knie weh?", "Tut Ihr rechtes Knie weh?"),
        "it": ("Le fa male il ginocchio sinistro?", "Le fa male il ginocchio?"),
    },
    ("laterality", "Raise the left arm and the right leg."): {
        "pt": ("Levante o braço esquerdo e a perna direita.", "Levante o braço direito e a perna esquerda."),
        "es": ("Levante el brazo izquierdo y la pierna derecha.", "Levante el brazo derecho y la pierna izquierda."),
        "fr": ("Levez le bras gauche et la jambe droite.", "Levez le bras droit et la jambe gauche."),
        "de": ("Heben Sie den linken Arm und das rechte Bein.", "Heben Sie den rechten Arm und das linke Bein."),
        "it": ("Alzi il braccio sinistro e la gamba destra.", "Alzi il braccio destro e la gamba sinistra."),
    },
    ("severity", "Is the pain mild?"): {
        "pt": ("A dor é leve?", "A dor é forte?"),
        "es": ("¿El dolor es leve?", "¿El dolor es fuerte?"),
        "fr": ("La douleur est-elle légère ?", "La douleur est-elle intense ?"),
        "de": ("Ist der Schmerz leicht?", "Ist der Schmerz stark?"),
        "it": ("Il dolore è lieve?", "Il dolore è forte?"),
    },
    ("modality", "Continue the treatment."): {
        "pt": ("Continue o tratamento.", "Pare o tratamento."),
        "es": ("Continúe el tratamiento.", "Suspenda el tratamiento."),
        "fr": ("Continuez le traitement.", "Arrêtez le traitement."),
        "de": ("Die Behandlung fortsetzen.", "Die Behandlung absetzen."),
        "it": ("Continui la terapia.", "Sospenda la terapia."),
    },
    ("family", "My mother had diabetes."): {
        "pt": ("A minha mãe tinha diabetes.", "O meu pai tinha diabetes."),
        "es": ("Mi madre tenía diabetes.", "Mi hermana tenía diabetes."),
        "fr": ("Ma mère avait du diabète.", "Mon père avait du diabète."),
        "de": ("Meine Mutter hatte Diabetes.", "Meine Schwester hatte Diabetes."),
        "it": ("Mia madre aveva il diabete.", "Mio padre aveva il diabete."),
    },
    ("pregnancy", "Are you pregnant?"): {
        "pt": ("Está grávida?", "Está doente?"),
        "es": ("¿Está embarazada?", "¿Está avergonzada?"),
        "fr": ("Êtes-vous enceinte ?", "Êtes-vous malade ?"),
        "de": ("Sind Sie schwanger?", "Sind Sie krank?"),
        "it": ("È incinta?", "È malata?"),
    },
    ("pregnancy", "I am breastfeeding."): {
        "pt": ("Estou a amamentar.", "Estou grávida."),
        "es": ("Estoy dando el pecho.", "Estoy embarazada."),
        "fr": ("J'allaite.", "Je suis enceinte."),
        "de": ("Ich stille.", "Ich bin schwanger."),
        "it": ("Sto allattando.", "Sono incinta."),
    },
    ("number", "The blood pressure is 150 over 95."): {
        "pt": ("A tensão é de 150 por 95.", "A tensão é de 150 por 59."),
        "es": ("La presión es de 150 sobre 95.", "La presión es de 15 sobre 95."),
        "fr": ("La tension est de 150 sur 95.", "La tension est de 105 sur 95."),
        "de": ("Der Blutdruck ist 150 zu 95.", "Der Blutdruck ist 150."),
        "it": ("La pressione è di 150 su 95.", "La pressione è di 150 su 85."),
    },
}
CASES = [
    Case(category, language, english, right, wrong)
    for (category, english), texts in TABLE.items()
    for language, (right, wrong) in texts.items()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.category}-{case.language}-{case.english}")
def test_the_wrong_translation_is_held_and_the_right_one_is_not(case: Case):
    assert compare_texts(case.english, case.right, source="en", target=case.language).held == ()
    assert compare_texts(case.right, case.english, source=case.language, target="en").held == ()
    held = compare_texts(case.english, case.wrong, source="en", target=case.language).held
    assert case.category in {verdict.item.kind for verdict in held} or (
        case.category in {"timing", "date"} and {verdict.item.kind for verdict in held} & {"date", "timing", "number"}
    )
    assert compare_texts(case.wrong, case.english, source=case.language, target="en").held


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.category}-{case.language}-{case.english}")
def test_what_is_kept_names_both_places(case: Case):
    for verdict in compare_texts(case.english, case.right, source="en", target=case.language).verdicts:
        for item, text in ((verdict.source, case.english), (verdict.target, case.right)):
            assert item is None or text[item.start : item.end] == item.text
        assert 0.0 <= verdict.confidence <= 1.0
        assert verdict.kind != "kept" or (verdict.source is not None and verdict.target is not None) or verdict.message


SHOWN_ONLY = [
    ("es", "Me duele el pecho desde ayer.", "It hurts me since yesterday.", "body"),
    ("pt", "Tenho muita tosse.", "I have a lot of it.", "symptom"),
    ("fr", "Prenez-le si besoin.", "Take it.", "timing"),
    ("de", "Der Schmerz ist stark.", "There is the pain.", "severity"),
    ("it", "Mia sorella è malata.", "She is ill.", "family"),
]


@pytest.mark.parametrize(("language", "said", "shown", "category"), SHOWN_ONLY)
def test_what_people_paraphrase_is_reported_and_does_not_hold(language: str, said: str, shown: str, category: str):
    comparison = compare_texts(said, shown, source=language, target="en")
    assert [(verdict.kind, verdict.item.kind) for verdict in comparison.differences] == [("missing", category)]
    assert comparison.held == ()


@pytest.mark.parametrize("category", sorted({case.category for case in CASES}))
def test_every_language_that_claims_a_category_has_a_case_for_it(category: str):
    tested = {case.language for case in CASES if case.category == category}
    claimed = {language for language in ("de", "es", "fr", "it", "pt") if support(language)[category]}
    assert claimed <= tested
