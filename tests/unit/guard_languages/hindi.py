"""Hindi, for test_guard_languages."""

from __future__ import annotations

READ = [
    ("साढ़े तीन सौ मिलीग्राम", "dose", ["350 milligram"]),
    ("सवा दो चम्मच", "dose", ["2.25 spoon"]),
    ("पौने दो गोली", "dose", ["1.75 tablet"]),
    ("आधी गोली", "dose", ["0.5 tablet"]),
    ("१,५०,००० यूनिट", "dose", ["150000 international-unit"]),
    ("शून्य दशमलव पांच एमजी", "dose", ["0.5 milligram"]),
    ("२.५ मि.ग्रा.", "dose", ["2.5 milligram"]),
    ("रात साढ़े आठ बजे", "time", ["20:30"]),
    ("पौने नौ बजे", "time", ["08:45"]),
    ("सवा दो बजे", "time", ["02:15"]),
    ("रात के 2 बजे", "time", ["02:00"]),
    ("8 घंटे में एक बार", "frequency", ["3/day"]),
    ("एक दिन छोड़कर", "frequency", ["3.5/week"]),
    ("डेढ़ घंटा", "duration", ["1.5 hour"]),
    ("दवा लिख दो", "number", []),
    ("उनहत्तर साल", "duration", ["69 year"]),
    ("निन्यानवे प्रतिशत", "dose", ["99 percent"]),
    ("बुखार है या नहीं?", "negation", []),
    ("न खाएं", "negation", ["not"]),
    ("एज़िथ्रोमाइसिन और लेवोथायरोक्सिन", "drug", ["azithromycin", "levothyroxine"]),
]
"""A text, a kind and all values of it."""

PAIRS = [
    ("number", "I have 3 children at home.", "मेरे घर में तीन बच्चे हैं।", "मेरे घर में पाँच बच्चे हैं।"),
    ("dose", "Take 250 mg.", "ढाई सौ मिलीग्राम लें।", "25 मिलीग्राम लें।"),
    ("dose", "Take one and a half tablets.", "डेढ़ गोली लें।", "ढाई गोली लें।"),
    ("frequency", "Take it every 6 hours.", "हर छह घंटे में लें।", "हर आठ घंटे में लें।"),
    ("frequency", "Take it three times a day.", "दिन में तीन बार लें।", "दिन में दो बार लें।"),
    ("duration", "Take it for ten days.", "दस दिन तक लें।", "दस हफ़्ते तक लें।"),
    ("timing", "Take it before meals.", "खाने से पहले लें।", "खाने के बाद लें।"),
    ("date", "Come back tomorrow.", "कल वापस आइए।", "आज वापस आइए।"),
    ("date", "The operation is on 5 May.", "ऑपरेशन 5 मई को है।", "ऑपरेशन 15 मई को है।"),
    ("time", "Come at 3:30 pm.", "दोपहर साढ़े तीन बजे आइए।", "दोपहर साढ़े चार बजे आइए।"),
    ("drug", "I take warfarin.", "मैं वारफेरिन लेता हूँ।", "मैं हेपरिन लेता हूँ।"),
    ("allergy", "I am allergic to eggs.", "मुझे अंडे से एलर्जी है।", "मैं अंडे खाता हूँ।"),
    ("negation", "I have no fever.", "मुझे बुखार नहीं है।", "मुझे बुखार है।"),
    ("negation", "Do not drink alcohol.", "शराब मत पीजिए।", "शराब पीजिए।"),
    ("laterality", "My left knee hurts.", "मेरे बाएँ घुटने में दर्द है।", "मेरे दाहिने घुटने में दर्द है।"),
    ("body", "I have pain in my chest.", "मेरे सीने में दर्द है।", "मेरे पैर में दर्द है।"),
    ("symptom", "I have a cough.", "मुझे खाँसी है।", "मुझे दस्त है।"),
    ("severity", "The pain is severe.", "दर्द बहुत तेज़ है।", "दर्द हल्का है।"),
    ("modality", "Stop taking the medicine.", "दवा लेना बंद कीजिए।", "दवा लेना जारी रखिए।"),
    ("family", "My sister has diabetes.", "मेरी बहन को मधुमेह है।", "मेरी माँ को मधुमेह है।"),
    ("pregnancy", "I am pregnant.", "मैं गर्भवती हूँ।", "मैं ठीक हूँ।"),
]
"""A category, English, a faithful translation and a wrong one."""

SAME = [
    ("Take one tablet every other day.", "एक दिन छोड़कर एक गोली लें।"),
    ("Do you have a fever?", "क्या आपको बुखार है या नहीं?"),
    ("I have neither fever nor cough.", "मुझे न बुखार है न खाँसी।"),
    ("I have a fever but no cough.", "मुझे बुखार है लेकिन खाँसी नहीं है।"),
    ("Take it without food.", "इसे बिना खाए लें।"),
    ("He is 52 years old.", "वह बावन साल का है।"),
    ("Both eyes are red.", "दोनों आँखें लाल हैं।"),
    ("Take two tablets twice a day.", "दिन में दो बार दो-दो गोलियाँ लें।"),
    ("Give him the medicine.", "उसे दवा दे दो।"),
]
"""English and faithful translations that say it in their own way."""
