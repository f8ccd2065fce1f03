"""Arabic, for test_guard_languages."""

from __future__ import annotations

READ = [
    ("حبتين", "dose", ["2 tablet"]),
    ("حبتان ونصف", "dose", ["2.5 tablet"]),
    ("لأسبوعين", "duration", ["2 week"]),
    ("يومين", "duration", ["2 day"]),
    ("خمسة عشر يوماً", "duration", ["15 day"]),
    ("اثنتي عشرة ساعة", "duration", ["12 hour"]),
    ("خمسة وعشرون ملغ", "dose", ["25 milligram"]),
    ("ألف وخمسمائة وحدة", "dose", ["1500 international-unit"]),
    ("٢٫٥ ملغ", "dose", ["2.5 milligram"]),
    ("و1,000 مل", "dose", ["1000 milliliter"]),
    ("لخمسة أيام", "duration", ["5 day"]),
    ("مرة كل ثمان ساعات", "frequency", ["3/day"]),
    ("كل يومين", "frequency", ["3.5/week"]),
    ("ربع حبة", "dose", ["0.25 tablet"]),
    ("الساعة التاسعة إلا ربعاً صباحاً", "time", ["08:45"]),
    ("الساعة ٩ مساءً", "time", ["21:00"]),
    ("يوم الاثنين", "date", ["monday"]),
    ("لستُ مريضاً", "number", []),
    ("بما في ذلك", "negation", []),
    ("ولا يدخّن", "negation", ["not"]),
    ("بالأزيثروميسين", "drug", ["azithromycin"]),
    ("لا يزال يسعل", "negation", []),
]
"""A text, a kind and all values of it."""

PAIRS = [
    ("number", "I have 3 children at home.", "لدي ثلاثة أطفال في البيت.", "لدي خمسة أطفال في البيت."),
    ("dose", "Take 250 mg.", "تناول مئتين وخمسين ملغ.", "تناول خمسة وعشرين ملغ."),
    ("dose", "Take one and a half tablets.", "تناول حبة ونصف.", "تناول حبتين ونصف."),
    ("frequency", "Take it every 6 hours.", "تناوله كل ست ساعات.", "تناوله كل ثماني ساعات."),
    ("frequency", "Take it three times a day.", "تناوله ثلاث مرات يومياً.", "تناوله مرتين يومياً."),
    ("duration", "Take it for ten days.", "تناوله لعشرة أيام.", "تناوله لعشرة أسابيع."),
    ("timing", "Take it before meals.", "تناوله قبل الأكل.", "تناوله بعد الأكل."),
    ("date", "Come back tomorrow.", "عد غداً.", "عد اليوم."),
    ("date", "The operation is on 5 May.", "العملية في 5 أيار.", "العملية في 15 أيار."),
    ("time", "Come at 3:30 pm.", "تعال الساعة الثالثة والنصف عصراً.", "تعال الساعة الرابعة والنصف عصراً."),
    ("drug", "I take warfarin.", "أتناول الوارفارين.", "أتناول الهيبارين."),
    ("allergy", "I am allergic to eggs.", "لدي حساسية من البيض.", "آكل البيض."),
    ("negation", "I have no fever.", "ليس لدي حمى.", "لدي حمى."),
    ("negation", "Do not drink alcohol.", "لا تشرب الكحول.", "اشرب الكحول."),
    ("laterality", "My left knee hurts.", "ركبتي اليسرى تؤلمني.", "ركبتي اليمنى تؤلمني."),
    ("body", "I have pain in my chest.", "لدي ألم في صدري.", "لدي ألم في ساقي."),
    ("symptom", "I have a cough.", "لدي سعال.", "لدي إسهال."),
    ("severity", "The pain is severe.", "الألم شديد.", "الألم خفيف."),
    ("modality", "Stop taking the medicine.", "توقف عن تناول الدواء.", "استمر في تناول الدواء."),
    ("family", "My sister has diabetes.", "أختي مصابة بالسكري.", "أمي مصابة بالسكري."),
    ("pregnancy", "I am pregnant.", "أنا حامل.", "أنا بخير."),
]
"""A category, English, a faithful translation and a wrong one."""

SAME = [
    ("Take two drops every 12 hours.", "ضع قطرتين كل اثنتي عشرة ساعة."),
    ("I have neither fever nor cough.", "ليس لدي حمى ولا سعال."),
    ("Take it for two weeks.", "تناوله لمدة أسبوعين."),
    ("He is still coughing.", "لا يزال يسعل."),
    ("She is 35 years old.", "عمرها خمس وثلاثون سنة."),
    ("Both hands hurt.", "يداي تؤلمانني، كلتا اليدين."),
    ("Please avoid alcohol.", "يرجى عدم شرب الكحول."),
    ("Take one tablet daily.", "تناول حبة واحدة كل يوم."),
]
"""English and faithful translations that say it in their own way."""
