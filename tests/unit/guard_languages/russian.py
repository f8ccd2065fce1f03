"""Russian, for test_guard_languages."""

from __future__ import annotations

READ = [
    ("полтаблетки", "dose", ["0.5 tablet"]),
    ("две целых пять десятых миллилитра", "dose", ["2.5 milliliter"]),
    ("два с половиной часа", "duration", ["2.5 hour"]),
    ("тысяча пятьсот единиц", "dose", ["1500 international-unit"]),
    ("по две таблетки", "dose", ["2 tablet"]),
    ("двумя каплями", "dose", ["2 drop"]),
    ("в течение двух недель", "duration", ["2 week"]),
    ("1 раз в 3 дня", "frequency", ["2.33/week"]),
    ("2 раза в 3 дня", "frequency", ["4.67/week"]),
    ("раз в 8 часов", "frequency", ["3/day"]),
    ("через день", "frequency", ["3.5/week"]),
    ("уже 3 дня", "time", []),
    ("в половине девятого утра", "time", ["08:30"]),
    ("в 2 часа ночи", "time", ["02:00"]),
    ("двадцать первого октября", "date", ["--10-21"]),
    ("никогда ничего не болит", "negation", ["not"]),
    ("никогда", "negation", ["not"]),
    ("не только кашель", "negation", []),
    ("Нет ли у вас аллергии?", "negation", []),
    ("омепразолом, амоксициллина и панадола", "drug", ["omeprazole", "amoxicillin", "paracetamol"]),
]
"""A text, a kind and all values of it."""

PAIRS = [
    ("number", "I have 3 children at home.", "У меня дома трое детей.", "У меня дома пятеро детей и 2 кошки."),
    ("dose", "Take 250 mg.", "Примите двести пятьдесят миллиграммов.", "Примите 25 мг."),
    ("dose", "Take one and a half tablets.", "Примите полторы таблетки.", "Примите две с половиной таблетки."),
    ("frequency", "Take it every 6 hours.", "Принимайте каждые шесть часов.", "Принимайте каждые восемь часов."),
    ("frequency", "Take it three times a day.", "Принимайте трижды в день.", "Принимайте дважды в день."),
    ("duration", "Take it for ten days.", "Принимайте в течение десяти дней.", "Принимайте в течение десяти недель."),
    ("timing", "Take it before meals.", "Принимайте до еды.", "Принимайте после еды."),
    ("date", "Come back tomorrow.", "Приходите завтра.", "Приходите сегодня."),
    ("date", "The operation is on 5 May.", "Операция пятого мая.", "Операция 15 мая."),
    ("time", "Come at 3:30 pm.", "Приходите в половине четвёртого дня.", "Приходите в половине пятого дня."),
    ("drug", "I take warfarin.", "Я принимаю варфарин.", "Я принимаю гепарин."),
    ("allergy", "I am allergic to eggs.", "У меня аллергия на яйца.", "Я ем яйца."),
    ("negation", "I have no fever.", "У меня нет жара.", "У меня жар."),
    ("negation", "Do not drink alcohol.", "Не пейте алкоголь.", "Пейте алкоголь."),
    ("laterality", "My left knee hurts.", "У меня болит левое колено.", "У меня болит правое колено."),
    ("body", "I have pain in my chest.", "У меня боль в груди.", "У меня боль в ноге."),
    ("symptom", "I have a cough.", "У меня кашель.", "У меня понос."),
    ("severity", "The pain is severe.", "Боль сильная.", "Боль слабая."),
    ("modality", "Stop taking the medicine.", "Прекратите принимать лекарство.", "Продолжайте принимать лекарство."),
    ("family", "My sister has diabetes.", "У моей сестры диабет.", "У моей матери диабет."),
    ("pregnancy", "I am pregnant.", "Я беременна.", "Я здорова."),
]
"""A category, English, a faithful translation and a wrong one."""

SAME = [
    ("Take two tablets every other day.", "Принимайте по две таблетки через день."),
    ("I have never had anything like this.", "У меня никогда ничего такого не было."),
    ("I have neither fever nor cough.", "У меня нет ни жара, ни кашля."),
    ("I have neither fever nor cough.", "Ни жара, ни кашля у меня нет."),
    ("Do you have any allergies?", "Нет ли у вас аллергии?"),
    ("He is 52 years old.", "Ему пятьдесят два года."),
    ("Take it for two weeks.", "Двухнедельный курс."),
    ("Both eyes hurt.", "Болят оба глаза."),
    ("It happened in 2019.", "Это было в 2019 году."),
    ("Take it at bedtime.", "Принимайте на ночь."),
]
"""English and faithful translations that say it in their own way."""
