"""What is feared, asked, past, or an allergy's is no sign; a wish to die is one, however it is said."""

from __future__ import annotations

import pytest

from voicedoc.converse.alarms.alarm import Alarms
from voicedoc.converse.signs.read import signs_of

pytestmark = pytest.mark.unit


def present(text: str, language: str) -> set[str]:
    return {sign.name for sign in signs_of(text, language) if sign.present}


def level(text: str, language: str) -> str:
    raised = Alarms().raised({sign.name: sign.present for sign in signs_of(text, language)})
    return raised[0].level if raised else "none"


FEARED = [
    ("en", "I am worried it could be a tumor"),
    ("en", "I'm afraid it's cancer"),
    ("en", "I'm scared it is cancer"),
    ("en", "I worry that I have cancer"),
    ("en", "It might be cancer, that's what scares me"),
    ("en", "I'm terrified of having cancer"),
    ("en", "My biggest worry is cancer"),
    ("en", "I just hope it's not cancer"),
    ("pt", "Tenho medo que seja um cancro"),
    ("pt", "Estou preocupada que possa ser câncer"),
    ("pt", "Preocupa-me que seja um tumor"),
    ("pt", "Receio que seja cancro"),
    ("pt", "Tenho medo de ser câncer"),
    ("pt", "Acho que pode ser câncer e isso me assusta"),
    ("es", "Me preocupa que sea un tumor"),
    ("es", "Tengo miedo de que sea cáncer"),
    ("es", "Me da miedo que sea cáncer"),
    ("es", "Temo que sea cáncer"),
    ("es", "Estoy preocupado por si es cáncer"),
    ("es", "Me asusta que pueda ser un cáncer"),
    ("fr", "J'ai peur que ce soit un cancer"),
    ("fr", "Je crains que ce soit une tumeur"),
    ("fr", "Je m'inquiète que ce soit un cancer"),
    ("fr", "J'ai peur d'avoir un cancer"),
    ("fr", "Ce qui m'inquiète c'est que ça pourrait être un cancer"),
    ("de", "Ich habe Angst, dass es Krebs ist"),
    ("de", "Ich mache mir Sorgen, dass es ein Tumor sein könnte"),
    ("de", "Ich fürchte, es ist Krebs"),
    ("de", "Ich befürchte, dass ich Krebs habe"),
    ("it", "Ho paura che sia un tumore"),
    ("it", "Sono preoccupato che possa essere un cancro"),
    ("it", "Temo che sia un cancro"),
    ("it", "Mi preoccupa che sia un tumore"),
    ("zh", "我担心是癌症"),
    ("zh", "我怕是肿瘤"),
    ("zh", "我很害怕是不是癌症"),
    ("zh", "我怕自己得了癌症"),
    ("zh", "我担心会不会是肿瘤"),
    ("hi", "मुझे डर है कि कहीं यह कैंसर न हो"),
    ("hi", "मुझे चिंता है कि यह ट्यूमर हो सकता है"),
    ("hi", "डर लगता है कि कैंसर तो नहीं"),
    ("ar", "أخاف أن يكون سرطان"),
    ("ar", "أنا قلقة أن يكون ورم خبيث"),
    ("ar", "خايف يكون سرطان"),
    ("ru", "Боюсь, что это рак"),
    ("ru", "Я переживаю, что это опухоль"),
    ("ru", "Я беспокоюсь, вдруг это рак"),
    ("ru", "Опасаюсь, что у меня рак"),
]


@pytest.mark.parametrize(("language", "text"), FEARED)
def test_an_illness_that_is_feared_is_no_illness(language: str, text: str) -> None:
    assert "cancer" not in present(text, language)


TOLD = [
    ("en", "I have cancer and I am worried", "cancer"),
    ("en", "I'm worried about my chest pain", "chest-pain"),
    ("en", "I'm scared, I can't breathe", "breathless-severe"),
    ("en", "I'm afraid I can't breathe", "breathless-severe"),
    ("en", "I'm worried because my chest hurts", "chest-pain"),
    ("pt", "Estou com medo, estou com dor no peito", "chest-pain"),
    ("pt", "Tenho um tumor e tenho medo", "cancer"),
    ("es", "Estoy preocupado por el dolor en el pecho", "chest-pain"),
    ("es", "Me preocupa que me duele el pecho", "chest-pain"),
    ("fr", "J'ai peur, j'ai mal à la poitrine", "chest-pain"),
    ("de", "Ich habe Angst, ich bekomme keine Luft", "breathless-severe"),
    ("de", "Ich habe Krebs", "cancer"),
    ("it", "Ho paura, non riesco a respirare", "breathless-severe"),
    ("zh", "我很害怕,我喘不过气", "breathless-severe"),
    ("hi", "मुझे डर लग रहा है, सांस नहीं आ रही", "breathless-severe"),
    ("ar", "أنا خائف، ما اقدر اتنفس", "breathless-severe"),
    ("ru", "Мне страшно, не могу дышать", "breathless-severe"),
    ("en", "I'm worried I'm having a heart attack, my chest is tight", "chest-pain"),
    ("ru", "У меня рак груди", "cancer"),
    ("it", "Mi preoccupa questo dolore al petto", "chest-pain"),
    ("de", "Ich mache mir Sorgen wegen meiner Brustschmerzen", "chest-pain"),
    ("en", "I took penicillin an hour ago and my lips are swelling", "swelling-face"),
    ("en", "I'm allergic to nuts and I ate some an hour ago and now my lips are swelling", "swelling-face"),
    ("en", "I'm allergic to penicillin. My lips are swollen now", "swelling-face"),
    ("es", "Soy alérgico a las nueces y ahora se me están hinchando los labios", "swelling-face"),
    ("pt", "Sou alérgica a camarão, comi há uma hora e os meus lábios estão a inchar", "swelling-face"),
    ("fr", "Je suis allergique aux noix, j'en ai mangé et mes lèvres gonflent", "swelling-face"),
    ("de", "Ich bin allergisch gegen Nüsse, habe welche gegessen und jetzt schwellen meine Lippen an", "swelling-face"),
    ("it", "Sono allergico alle noci, le ho mangiate e ora mi si gonfiano le labbra", "swelling-face"),
    ("zh", "我对花生过敏,刚吃了,现在嘴唇肿了", "swelling-face"),
    ("hi", "मुझे मूंगफली से एलर्जी है, अभी खा ली और होंठ सूज गए", "swelling-face"),
    ("ar", "عندي حساسية من المكسرات وأكلت منها وتورمت شفايفي", "swelling-face"),
    ("ru", "У меня аллергия на орехи, я их съел и губы опухли", "swelling-face"),
    ("en", "I'm allergic to bees, I've been stung and my lips are swelling", "swelling-face"),
    ("en", "I'm allergic to bees, one stung me, my lips are swelling", "swelling-face"),
    ("en", "I'm allergic to shellfish and my lips are swelling", "swelling-face"),
    ("en", "My husband's face drooped and he can't speak", "face-drooping"),
    ("en", "my face drooped but it went away", "face-drooping"),
    ("en", "My mother's mouth is drooping since this morning", "face-drooping"),
    ("en", "I had a stroke eight years ago. Now my face is drooping again.", "face-drooping"),
    ("en", "I had a stroke two years ago and since this morning my mouth droops", "face-drooping"),
    ("de", "Vor acht Jahren hatte ich einen Schlaganfall, seit heute hängt mein Mundwinkel wieder", "face-drooping"),
    ("fr", "J'ai fait un AVC il y a huit ans, et depuis ce matin j'ai la bouche de travers", "face-drooping"),
    ("es", "Tuve un ictus hace ocho años y hoy se me ha torcido la boca", "face-drooping"),
    ("en", "I'm so anxious I can't leave the house", "anxious"),
    ("en", "I have panic attacks", "anxious"),
    ("en", "I am allergic to peanuts and I can't breathe", "breathless-severe"),
    ("en", "I'm allergic to peanuts, my throat is closing", "throat-tight"),
    ("es", "Soy alérgica al camarón y se me está cerrando la garganta", "throat-tight"),
    ("en", "My mother had a stroke last year. She can't move her arm since this morning.", "arm-weak"),
    ("en", "My friend collapsed and isn't breathing", "breathless-severe"),
    ("en", "If I lie down I can't breathe, is that bad?", "breathless-severe"),
    ("en", "I have chest pain, can you give me something?", "chest-pain"),
    ("en", "It makes my chest hurt when I walk", "chest-pain"),
    ("en", "I'd like to know why my lips are swelling", "swelling-face"),
]


@pytest.mark.parametrize(("language", "text", "sign"), TOLD)
def test_what_is_told_stays_told_beside_a_fear_an_allergy_or_a_question(language: str, text: str, sign: str) -> None:
    assert sign in present(text, language)


ALLERGIES = [
    ("en", "I am allergic to penicillin, I get a rash"),
    ("en", "I'm allergic to aspirin, it makes my lips swell"),
    ("en", "allergic to penicillin, it gives me hives"),
    ("en", "I have an allergy to nuts, my lips swell up"),
    ("pt", "Sou alérgico à penicilina, fico com manchas na pele"),
    ("pt", "Sou alérgica à aspirina, incham-me os lábios"),
    ("pt", "Tenho alergia a penicilina, me dá urticária"),
    ("es", "Soy alérgico a la penicilina, me salen ronchas"),
    ("es", "Tengo alergia a la aspirina, se me hinchan los labios"),
    ("fr", "Je suis allergique à la pénicilline, ça me donne des boutons"),
    ("fr", "Je suis allergique à l'aspirine, mes lèvres gonflent"),
    ("de", "Ich bin allergisch gegen Penicillin, davon bekomme ich Ausschlag"),
    ("de", "Ich habe eine Allergie gegen Aspirin, da schwellen meine Lippen an"),
    ("it", "Sono allergico alla penicillina, mi viene l'orticaria"),
    ("it", "Ho un'allergia all'aspirina, mi si gonfiano le labbra"),
    ("zh", "我对青霉素过敏,会起疹子"),
    ("zh", "我对阿司匹林过敏,嘴唇会肿"),
    ("hi", "मुझे पेनिसिलिन से एलर्जी है, दाने निकल आते हैं"),
    ("hi", "मुझे एस्पिरिन से एलर्जी है, होंठ सूज जाते हैं"),
    ("ar", "عندي حساسية من البنسلين، يطلع لي طفح"),
    ("ar", "عندي حساسية من الأسبرين، تتورم شفايفي"),
    ("ru", "У меня аллергия на пенициллин, появляется сыпь"),
    ("ru", "У меня аллергия на аспирин, опухают губы"),
]


@pytest.mark.parametrize(("language", "text"), ALLERGIES)
def test_what_an_allergy_brings_is_no_reaction_now(language: str, text: str) -> None:
    found = present(text, language)
    assert "history-allergy" in found
    assert found.isdisjoint({"rash", "hives", "itching", "swelling-face", "allergen-contact"})
    assert level(text, language) == "none"


WISHES = [
    ("zh", "如果我死了就好了"),
    ("zh", "有时候想，要是一觉不醒就好了"),
    ("en", "Honestly some nights I hope I just don't wake up"),
    ("pt", "às vezes penso que era melhor eu desaparecer de vez"),
    ("pt", "Só me apetece morrer"),
    ("fr", "des fois j'me dis que ça serait mieux que je sois plus là"),
    ("it", "certe volte penso che tutti starebbero meglio se io non ci fossi"),
    ("ar", "أحيانا أحس إن موتي أحسن للجميع"),
    ("en", "No, but sometimes I think everyone would be better off without me"),
    ("en", "I wish I could die"),
    ("en", "sometimes I wish I were dead"),
    ("en", "I wish I didn't have to wake up"),
    ("en", "It would be better if I weren't around"),
    ("en", "I'd be better off gone"),
    ("en", "there's no point in living"),
    ("en", "I don't see the point of living anymore"),
    ("en", "I can't go on living like this"),
    ("en", "I want it all to end"),
    ("en", "I hope I don't wake up tomorrow"),
    ("en", "They'd be better off without me"),
    ("en", "I'd rather not be here"),
    ("en", "I don't want to be around anymore"),
    ("en", "I wish I had never been born"),
    ("en", "I want to disappear and never come back"),
    ("en", "I think about ending my life"),
    ("en", "I can't do this anymore, I want to end it"),
    ("en", "what's the point of living"),
    ("pt", "às vezes penso que seria melhor não acordar"),
    ("pt", "seria melhor se eu não estivesse aqui"),
    ("pt", "todos estariam melhor sem mim"),
    ("pt", "às vezes queria estar morta"),
    ("pt", "não vejo sentido em viver"),
    ("pt", "não consigo continuar a viver assim"),
    ("pt", "quero que tudo acabe"),
    ("pt", "só queria que isto acabasse tudo"),
    ("pt", "quem me dera morrer"),
    ("pt", "tomara que eu não acorde amanhã"),
    ("pt", "não quero mais estar aqui"),
    ("pt", "a vida não faz sentido"),
    ("pt", "não adianta viver"),
    ("pt", "queria dormir e nunca mais acordar"),
    ("pt", "preferia não ter nascido"),
    ("pt", "seria melhor se eu não existisse"),
    ("es", "a veces pienso que sería mejor no despertar"),
    ("es", "sería mejor si yo no estuviera"),
    ("es", "todos estarían mejor sin mí"),
    ("es", "a veces quisiera estar muerta"),
    ("es", "no le veo sentido a la vida"),
    ("es", "no puedo seguir viviendo así"),
    ("es", "quiero que todo termine"),
    ("es", "quiero que se acabe todo"),
    ("es", "ojalá me muriera"),
    ("es", "ojalá no despertara mañana"),
    ("es", "no tiene sentido seguir viviendo"),
    ("es", "me quiero matar"),
    ("es", "ya no puedo más, me quiero morir"),
    ("es", "mejor sería no haber nacido"),
    ("es", "quisiera desaparecer"),
    ("es", "mi familia viviría mejor sin mí"),
    ("fr", "ce serait mieux si je n'étais plus là"),
    ("fr", "parfois je voudrais ne plus me réveiller"),
    ("fr", "tout le monde serait mieux sans moi"),
    ("fr", "j'aimerais être morte"),
    ("fr", "ça ne sert à rien de vivre"),
    ("fr", "je ne peux plus continuer à vivre"),
    ("fr", "je veux que tout s'arrête"),
    ("fr", "j'ai envie d'en finir"),
    ("fr", "à quoi bon vivre"),
    ("fr", "j'aurais préféré ne pas naître"),
    ("fr", "je voudrais dormir et ne jamais me réveiller"),
    ("fr", "j'ai plus envie de vivre"),
    ("fr", "je voudrais disparaître"),
    ("fr", "ils seraient mieux sans moi"),
    ("fr", "je souhaite mourir"),
    ("de", "manchmal denke ich, ohne mich wären alle besser dran"),
    ("de", "es wäre besser, wenn ich nicht mehr da wäre"),
    ("de", "ich wünschte, ich würde nicht mehr aufwachen"),
    ("de", "ich wünschte, ich wäre tot"),
    ("de", "es hat keinen Sinn mehr zu leben"),
    ("de", "ich kann so nicht weiterleben"),
    ("de", "ich will, dass alles aufhört"),
    ("de", "ich will, dass alles ein Ende hat"),
    ("de", "ich möchte einfach nicht mehr da sein"),
    ("de", "wofür lebe ich noch"),
    ("de", "am liebsten würde ich sterben"),
    ("de", "ich wäre lieber nie geboren worden"),
    ("de", "ich mag nicht mehr leben"),
    ("de", "manchmal wünsche ich mir zu sterben"),
    ("de", "ich denke daran, mir das Leben zu nehmen"),
    ("de", "ich will einfach verschwinden und nie wiederkommen"),
    ("it", "No, ma a volte penso che sarebbe meglio non svegliarsi più"),
    ("it", "sarebbe meglio se non ci fossi"),
    ("it", "tutti starebbero meglio senza di me"),
    ("it", "a volte vorrei essere morta"),
    ("it", "non ha senso vivere"),
    ("it", "non posso continuare a vivere così"),
    ("it", "voglio che finisca tutto"),
    ("it", "vorrei farla finita"),
    ("it", "vorrei non svegliarmi domani"),
    ("it", "che senso ha vivere"),
    ("it", "vorrei non essere mai nato"),
    ("it", "vorrei sparire"),
    ("it", "spero di non svegliarmi domattina"),
    ("it", "magari morissi"),
    ("it", "non voglio più stare al mondo"),
    ("zh", "有时候我觉得不醒来更好"),
    ("zh", "我不在了大家会更好"),
    ("zh", "没有我大家会过得更好"),
    ("zh", "真希望自己死了"),
    ("zh", "活着没什么意思"),
    ("zh", "我活不下去了"),
    ("zh", "我希望一切都结束"),
    ("zh", "我不想再活下去"),
    ("zh", "真想一觉睡过去不再醒来"),
    ("zh", "要是我没出生就好了"),
    ("zh", "我想消失"),
    ("zh", "活着还有什么意义"),
    ("zh", "有时候真想死了算了"),
    ("hi", "कभी कभी सोचता हूँ कि मैं न रहूं तो अच्छा"),
    ("hi", "काश मैं मर जाऊं"),
    ("hi", "काश मैं मर जाती"),
    ("hi", "सब मेरे बिना बेहतर रहेंगे"),
    ("hi", "जीने का कोई मतलब नहीं"),
    ("hi", "जीने का कोई फायदा नहीं"),
    ("hi", "अब और जिया नहीं जाता"),
    ("hi", "मैं चाहता हूं सब खत्म हो जाए"),
    ("hi", "काश मैं सुबह उठूं ही नहीं"),
    ("hi", "सोकर कभी न उठूं"),
    ("hi", "काश मैं पैदा ही न होता"),
    ("hi", "मैं मर जाना चाहती हूँ"),
    ("hi", "मेरे न होने से सब ठीक रहेंगे"),
    ("hi", "अब जीना नहीं चाहता"),
    ("ar", "لا، لكن أحيانا أتمنى لو أموت"),
    ("ar", "أحسن لو ما كنت موجود"),
    ("ar", "الكل بيكون أحسن بدوني"),
    ("ar", "أتمنى ما أصحى من النوم"),
    ("ar", "لا جدوى من العيش"),
    ("ar", "لا أستطيع الاستمرار في العيش"),
    ("ar", "أريد أن ينتهي كل شيء"),
    ("ar", "ليتني كنت ميتا"),
    ("ar", "مافي فايدة من الحياة"),
    ("ar", "بدي أختفي"),
    ("ar", "تعبت من الحياة وما بدي كمل"),
    ("ar", "يا ريت أموت"),
    ("ru", "иногда думаю, что лучше бы меня не было"),
    ("ru", "всем было бы лучше без меня"),
    ("ru", "хотелось бы не проснуться"),
    ("ru", "нет смысла жить"),
    ("ru", "зачем мне жить"),
    ("ru", "больше не могу жить"),
    ("ru", "хочу чтобы всё закончилось"),
    ("ru", "хочу, чтобы всё это кончилось"),
    ("ru", "лучше бы я умер"),
    ("ru", "лучше бы я не родилась"),
    ("ru", "иногда хочется умереть"),
    ("ru", "не хочу больше жить"),
    ("ru", "хочу исчезнуть"),
    ("es", "me quiero matar"),
    ("pt", "eu quero me matar"),
    ("it", "voglio ammazzarmi"),
    ("fr", "je veux me tuer"),
    ("de", "ich will mich umbringen"),
    ("hi", "मैं खुद को मारना चाहता हूं"),
    ("ar", "أريد أن أقتل نفسي"),
    ("ru", "хочу убить себя"),
    ("zh", "我想杀了自己"),
    ("en", "I want to kill myself"),
]


@pytest.mark.parametrize(("language", "text"), WISHES)
def test_a_wish_to_die_is_heard_however_it_is_said(language: str, text: str) -> None:
    found = present(text, language)
    assert "wants-to-die" in found
    assert "harm-others" not in found
    assert level(text, language) == "emergency"


SAYINGS = [
    ("en", "I don't want to be here, hospitals scare me"),
    ("pt", "A minha mulher foi às compras sem mim e sente-se melhor"),
    ("pt", "não quero estar aqui, não gosto de hospitais"),
    ("de", "Ohne mich wären sie ins Kino gegangen"),
    ("en", "I could die laughing"),
    ("en", "I'm dying for a coffee"),
    ("en", "my feet are killing me"),
    ("en", "I almost died of embarrassment"),
    ("en", "I have never thought of suicide"),
    ("en", "I don't want to die"),
    ("en", "I'm not suicidal"),
    ("en", "I want this cough to end"),
    ("en", "I want the pain to be over"),
    ("en", "I'm better off without sugar"),
    ("en", "thoughts of suicide? no, never"),
    ("en", "Nothing, I want to wake up earlier"),
    ("en", "I'm afraid I'll die"),
    ("pt", "morri de rir"),
    ("pt", "estou morto de fome"),
    ("pt", "morro de vontade de um café"),
    ("pt", "nunca pensei em suicídio"),
    ("pt", "não quero morrer"),
    ("pt", "quero que esta tosse acabe"),
    ("pt", "estou melhor sem o açúcar"),
    ("pt", "em suicídio nunca pensei"),
    ("es", "me muero de risa"),
    ("es", "me muero por un café"),
    ("es", "nunca he pensado en el suicidio"),
    ("es", "no quiero morir"),
    ("es", "este dolor me está matando"),
    ("es", "estoy mejor sin leche"),
    ("es", "en el suicidio nunca he pensado"),
    ("fr", "c'est à mourir de rire"),
    ("fr", "je meurs de faim"),
    ("fr", "je n'ai jamais pensé au suicide"),
    ("fr", "je ne veux pas mourir"),
    ("fr", "je vais mieux sans gluten"),
    ("fr", "je veux que la toux s'arrête"),
    ("fr", "au suicide, je n'y ai jamais pensé"),
    ("de", "ich lach mich tot"),
    ("de", "ich sterbe vor Hunger"),
    ("de", "aber an Selbstmord habe ich nie gedacht"),
    ("de", "ich habe nie an Selbstmord gedacht"),
    ("de", "ich will nicht sterben"),
    ("de", "diese Schmerzen bringen mich um"),
    ("de", "ohne Milch geht es mir besser"),
    ("de", "an Suizid denke ich nicht"),
    ("it", "muoio dal ridere"),
    ("it", "muoio di fame"),
    ("it", "non ho mai pensato al suicidio"),
    ("it", "non voglio morire"),
    ("it", "sto meglio senza latte"),
    ("it", "al suicidio non ci ho mai pensato"),
    ("it", "vorrei che finisse questa tosse"),
    ("zh", "笑死我了"),
    ("zh", "饿死我了"),
    ("zh", "我从没想过自杀"),
    ("zh", "我不想死"),
    ("zh", "累死了"),
    ("zh", "自杀的念头没有过"),
    ("hi", "हंस हंस के मर गया"),
    ("hi", "मैंने कभी आत्महत्या के बारे में नहीं सोचा"),
    ("hi", "मैं मरना नहीं चाहता"),
    ("hi", "भूख से मर रहा हूँ"),
    ("ar", "مت من الضحك"),
    ("ar", "لم أفكر في الانتحار أبدا"),
    ("ar", "ميت من الجوع"),
    ("ar", "ما فكرت أبداً أؤذي نفسي"),
    ("ar", "لا أريد أن أموت"),
    ("ru", "умираю со смеху"),
    ("ru", "никогда не думал о самоубийстве"),
    ("ru", "я не хочу умирать"),
    ("ru", "умираю с голоду"),
    ("ru", "о самоубийстве никогда не думала"),
    ("ru", "хочу чтобы кашель закончился"),
]


@pytest.mark.parametrize(("language", "text"), SAYINGS)
def test_sayings_and_denials_are_no_wish_to_die(language: str, text: str) -> None:
    assert present(text, language).isdisjoint({"wants-to-die", "suicide-plan", "harmed-self", "harm-others"})


FEVERS = [
    ("en", "she has a high fever"),
    ("en", "my son is burning up"),
    ("pt", "está com febre alta"),
    ("es", "tiene fiebre alta"),
    ("fr", "il a une forte fièvre"),
    ("de", "er hat hohes Fieber"),
    ("it", "ha la febbre alta"),
    ("zh", "孩子高烧"),
    ("hi", "बच्चे को तेज़ बुखार है"),
    ("hi", "तेज बुखार"),
    ("ar", "عندها حرارة عالية"),
    ("ru", "у него высокая температура"),
]


@pytest.mark.parametrize(("language", "text"), FEVERS)
def test_a_high_fever_without_a_figure_is_a_fever(language: str, text: str) -> None:
    found = present(text, language)
    assert "fever" in found
    assert "fever-high" not in found


FIGURES = [
    ("pt", "febre de trinta e oito e meio"),
    ("pt", "trinta e nove de febre"),
    ("en", "temperature of thirty-nine point two"),
    ("en", "fever of thirty eight and a half"),
    ("de", "Fieber achtunddreißig fünf"),
    ("de", "Fieber 39,2"),
    ("de", "neununddreißig Fieber"),
    ("es", "fiebre de treinta y nueve y medio"),
    ("es", "treinta y ocho y medio de fiebre"),
    ("fr", "trente-neuf de fièvre"),
    ("fr", "fièvre à trente-huit et demi"),
    ("it", "febbre a trentanove"),
    ("it", "febbre a trentotto e mezzo"),
    ("zh", "发烧三十九度"),
    ("zh", "烧到39度"),
    ("zh", "烧到四十度"),
    ("hi", "बुखार एक सौ दो"),
    ("hi", "उनतालीस डिग्री बुखार"),
    ("ar", "حرارته تسعة وثلاثين"),
    ("ar", "حرارته 39"),
    ("ru", "температура тридцать девять"),
    ("ru", "температура 38,7"),
    ("en", "fever of forty"),
    ("pt", "febre de quarenta"),
    ("fr", "quarante de fièvre"),
    ("it", "febbre a quaranta"),
    ("en", "39 of fever"),
    ("ru", "температура под сорок"),
    ("en", "a fever of 103"),
]


@pytest.mark.parametrize(("language", "text"), FIGURES)
def test_a_figure_of_fever_is_read_in_words_too(language: str, text: str) -> None:
    assert {"fever", "fever-high"} <= present(text, language)


ASKED = [
    ("pt", "Se eu tenho falta de ar? Não."),
    ("es", "¿Que si me falta el aire? No, para nada."),
    ("es", "Si se me hincha la lengua con este antibiótico, ¿qué hago?"),
    ("en", "Do I have chest pain? No."),
    ("en", "If my tongue swells with this antibiotic, what do I do?"),
    ("en", "What should I do if my lips swell up?"),
    ("pt", "Se a minha língua inchar com este antibiótico, o que faço?"),
    ("pt", "Se me inchar a língua com este remédio, o que faço?"),
    ("pt", "Falta de ar, eu? Não."),
    ("fr", "Si je suis essoufflé ? Non."),
    ("fr", "Si ma langue gonfle avec cet antibiotique, je fais quoi ?"),
    ("fr", "Est-ce que j'ai mal à la poitrine ? Non."),
    ("de", "Ob ich Atemnot habe? Nein."),
    ("de", "Wenn meine Zunge von dem Antibiotikum anschwillt, was mache ich dann?"),
    ("de", "Was mache ich, wenn mein Gesicht anschwillt?"),
    ("it", "Se mi manca il respiro? No."),
    ("it", "Se mi si gonfia la lingua con questo antibiotico, che faccio?"),
    ("zh", "我胸口疼吗?不疼。"),
    ("zh", "你问我胸痛吗?没有。"),
    ("zh", "如果吃了药嘴唇肿了怎么办?"),
    ("hi", "क्या मेरी सांस फूलती है? नहीं।"),
    ("hi", "अगर इस दवा से जीभ सूज जाए तो क्या करूं?"),
    ("ar", "تسألني إذا عندي ضيق نفس؟ لا، أبداً."),
    ("ar", "إذا تورم لساني من المضاد، ماذا أفعل؟"),
    ("ru", "Есть ли у меня одышка? Нет."),
    ("ru", "Если от антибиотика распухнет язык, что делать?"),
]


@pytest.mark.parametrize(("language", "text"), ASKED)
def test_a_question_repeated_or_asked_in_advance_says_nothing(language: str, text: str) -> None:
    found = present(text, language)
    assert found.isdisjoint({"breathless", "breathless-severe", "chest-pain", "swelling-face", "throat-tight"})


OTHERS = [
    ("en", "My neighbour's face drooped and she couldn't speak"),
    ("en", "My neighbour had a stroke. His mouth drooped and he couldn't speak."),
    ("en", "I had a stroke eight years ago, my mouth was crooked. Everything came back."),
    (
        "fr",
        "J'ai fait un AVC il y a huit ans, j'avais la bouche de travers. Tout est revenu. Je viens pour l'ordonnance.",
    ),
    ("de", "Mein Schwager hatte einen Schlaganfall, der Mund hing herunter. Mir geht es gut."),
    ("pt", "O meu vizinho teve um AVC, ficou com a boca de lado e não conseguia falar."),
    ("pt", "Tive um AVC há oito anos, fiquei com a boca torta. Tudo voltou ao normal."),
    ("es", "A mi cuñado le dio un ictus, se le torció la boca y no podía hablar."),
    ("es", "Tuve un ictus hace ocho años, se me torció la boca. Todo volvió a la normalidad."),
    ("it", "Mio cognato ha avuto un ictus, aveva la bocca storta e non parlava."),
    ("it", "Ho avuto un ictus otto anni fa, avevo la bocca storta. È tornato tutto a posto."),
    ("de", "Vor acht Jahren hatte ich einen Schlaganfall, der Mund hing schief. Alles ist wieder gut."),
    ("zh", "我邻居中风了,嘴歪了,话也说不出来。"),
    ("zh", "我八年前中过风,当时嘴歪了,后来都恢复了。"),
    ("hi", "मेरे पड़ोसी को लकवा मार गया था, उसका मुंह टेढ़ा हो गया था।"),
    ("ru", "У соседа был инсульт, у него перекосило лицо."),
    ("ru", "Восемь лет назад у меня был инсульт, перекосило лицо. Всё восстановилось."),
    ("ar", "جاري جاته جلطة، وانعوج فمه."),
    ("ar", "جتني جلطة قبل ثمان سنين، وانعوج فمي. رجع كل شيء طبيعي."),
]


@pytest.mark.parametrize(("language", "text"), OTHERS)
def test_a_strangers_stroke_and_ones_own_that_healed_long_ago_raise_nothing(language: str, text: str) -> None:
    assert level(text, language) == "none"


MILD = [
    ("en", "I'm a bit nervous about this visit", "anxious"),
    ("en", "my husband had a heart attack so I am a bit nervous", "anxious"),
    ("en", "I have hay fever", "fever"),
    ("en", "my mother has migraine", "headache"),
    ("en", "my mother has migraines", "headache"),
    ("ar", "البنسلين", "allergen-contact"),
    ("ar", "آخذ البنسلين", "allergen-contact"),
    ("en", "would cetirizine make me drowsy?", "drowsy-hard-to-wake"),
    ("en", "could these pills make me dizzy?", "dizzy"),
    ("en", "can metformin make me vomit?", "vomiting"),
    ("pt", "estou um pouco nervosa com a consulta", "anxious"),
    ("es", "estoy un poco nervioso por la visita", "anxious"),
    ("de", "ich bin etwas nervös", "anxious"),
    ("fr", "je suis un peu stressée par la visite", "anxious"),
    ("it", "sono un po' nervosa per la visita", "anxious"),
    ("ru", "я немного нервничаю", "anxious"),
    ("zh", "我有点紧张", "anxious"),
    ("de", "ich habe Heuschnupfen", "fever"),
    ("es", "tengo fiebre del heno", "fever"),
    ("pt", "tenho febre do feno", "fever"),
    ("fr", "j'ai le rhume des foins", "fever"),
    ("pt", "minha mãe tem enxaqueca", "headache"),
    ("es", "mi madre tiene migraña", "headache"),
    ("de", "meine Mutter hat Migräne", "headache"),
    ("fr", "ma mère a des migraines", "headache"),
    ("it", "mia madre ha l'emicrania", "headache"),
    ("pt", "a cetirizina pode dar-me tonturas?", "dizzy"),
    ("es", "¿la cetirizina me puede dar mareos?", "dizzy"),
    ("fr", "la cétirizine peut-elle me donner des vertiges ?", "dizzy"),
    ("de", "kann Cetirizin mich schwindlig machen?", "dizzy"),
    ("it", "la cetirizina può farmi girare la testa?", "dizzy"),
    ("zh", "西替利嗪会让我头晕吗?", "dizzy"),
    ("pt", "falo coisas sem sentido", "speech-slurred"),
    ("en", "I come about my blood pressure, it is on the high side.", "bleeding"),
    ("zh", "说不清楚。", "speech-slurred"),
]


@pytest.mark.parametrize(("language", "text", "sign"), MILD)
def test_words_that_look_like_a_sign_are_none(language: str, text: str, sign: str) -> None:
    assert sign not in present(text, language)


MOVED = [
    ("en", "The pain started round my belly button and now it's down on the right"),
    ("pt", "A dor começou à volta do umbigo e agora está em baixo à direita"),
    ("es", "El dolor empezó alrededor del ombligo y ahora lo tengo abajo a la derecha"),
    ("fr", "La douleur a commencé autour du nombril et maintenant elle est en bas à droite"),
    ("de", "Der Schmerz fing um den Nabel herum an und ist jetzt rechts unten"),
    ("it", "Il dolore è iniziato intorno all'ombelico e ora è in basso a destra"),
    ("zh", "一开始是肚脐周围疼,现在转到右下边了"),
    ("ar", "بدأ الألم حول السرة والآن في الأسفل على اليمين"),
]


@pytest.mark.parametrize(("language", "text"), MOVED)
def test_a_pain_that_moves_to_the_lower_right_is_urgent(language: str, text: str) -> None:
    assert "pain-moved-right-lower" in present(text, language)
    assert level(text, language) in {"urgent", "emergency"}


LOW_PAIN = [
    ("en", "I'm eight weeks pregnant with a terrible pain low down on one side"),
    ("es", "Estoy embarazada de ocho semanas y tengo un dolor horrible abajo, de un lado"),
    ("pt", "Estou grávida de sete semanas e tenho uma dor forte em baixo, de um lado só"),
    ("fr", "Je suis enceinte de sept semaines et j'ai très mal en bas d'un côté"),
    ("de", "Ich bin in der siebten Woche schwanger und habe starke Schmerzen unten auf einer Seite"),
    ("it", "Sono incinta di sette settimane e ho un forte dolore in basso da un lato"),
    ("zh", "我怀孕七周,下面一边疼得厉害"),
]


@pytest.mark.parametrize(("language", "text"), LOW_PAIN)
def test_pain_low_down_in_pregnancy_is_read(language: str, text: str) -> None:
    assert {"pregnant", "abdominal-pain"} <= present(text, language)
    assert level(text, language) in {"urgent", "emergency"}


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        (["pregnant", "vaginal-bleeding", "bleeding"], "urgent"),
        (["pregnant", "vaginal-bleeding", "bleeding", "abdominal-pain"], "emergency"),
        (["pregnant", "vaginal-bleeding", "bleeding", "bleeding-heavy"], "emergency"),
        (["pregnant", "shoulder-tip-pain"], "emergency"),
        (["infant-under-3-months", "child", "fever"], "emergency"),
        (["infant-under-3-months", "child", "fever", "floppy"], "emergency"),
        (["postpartum", "fever"], "urgent"),
        (["head-injury"], "none"),
        (["wants-to-die"], "emergency"),
    ],
)
def test_the_level_is_that_of_the_source(signs: list[str], expected: str) -> None:
    raised = Alarms().raised(dict.fromkeys(signs, True))
    assert (raised[0].level if raised else "none") == expected
