"""Chinese, for test_guard_languages."""

from __future__ import annotations

READ = [
    ("二十五毫克", "dose", ["25 milligram"]),
    ("兩千五百單位", "dose", ["2500 international-unit"]),
    ("零点五毫克", "dose", ["0.5 milligram"]),
    ("2.5萬單位", "dose", ["25000 international-unit"]),
    ("百分之五", "dose", ["5 percent"]),
    ("四分之三片", "dose", ["0.75 tablet"]),
    ("两片半", "dose", ["2.5 tablet"]),
    ("一个半小时", "duration", ["1.5 hour"]),
    ("三十分钟", "duration", ["30 minute"]),
    ("八點三十分", "time", ["08:30"]),
    ("下午三点一刻", "time", ["15:15"]),
    ("晚上12点", "time", ["00:00"]),
    ("2020年3月5日", "date", ["2020-03-05"]),
    ("每週三次", "frequency", ["3/week"]),
    ("每周三来", "date", ["wednesday"]),
    ("隔天一次", "frequency", ["3.5/week"]),
    ("八小时一次", "frequency", ["3/day"]),
    ("十分疼痛，四肢无力", "number", []),
    ("第二天一起来", "number", []),
    ("你有没有发烧？", "negation", []),
    ("痛不痛？", "negation", []),
    ("不但咳嗽，而且发烧", "negation", []),
    ("请服用左氧氟沙星和二甲双胍", "laterality", []),
    ("二甲双胍", "number", []),
    ("雙眼滴兩滴", "dose", ["2 drop"]),
    ("孕婦否認過敏", "negation", ["not"]),
]
"""A text, a kind and all values of it."""

PAIRS = [
    ("number", "I have 3 children at home.", "我家里有三个孩子。", "我家里有两个孩子。"),
    ("dose", "Take 250 mg.", "请服用二百五十毫克。", "请服用25毫克。"),
    ("dose", "Take one and a half tablets.", "请服用一片半。", "请服用两片半。"),
    ("frequency", "Take it every 6 hours.", "每6小时吃一次。", "每8小时吃一次。"),
    ("frequency", "Take it three times a day.", "一日三次。", "一日两次。"),
    ("duration", "Take it for ten days.", "连续服用十天。", "连续服用十周。"),
    ("timing", "Take it before meals.", "饭前服用。", "饭后服用。"),
    ("date", "Come back tomorrow.", "请明天再来。", "请今天再来。"),
    ("date", "The operation is on 5 May.", "手术在5月5号。", "手术在5月15号。"),
    ("time", "Come at 3:30 pm.", "请下午三点半来。", "请下午四点半来。"),
    ("drug", "I take warfarin.", "我在吃华法林。", "我在吃肝素。"),
    ("allergy", "I am allergic to eggs.", "我对鸡蛋过敏。", "我吃鸡蛋。"),
    ("negation", "I have no fever.", "我没有发烧。", "我发烧。"),
    ("negation", "Do not drink alcohol.", "不要喝酒。", "喝酒。"),
    ("laterality", "My left knee hurts.", "我左膝疼。", "我右膝疼。"),
    ("body", "I have pain in my chest.", "我胸口痛。", "我腿痛。"),
    ("symptom", "I have a cough.", "我咳嗽。", "我腹泻。"),
    ("severity", "The pain is severe.", "疼得很厉害。", "轻微疼痛。"),
    ("modality", "Stop taking the medicine.", "停止服药。", "继续服药。"),
    ("family", "My sister has diabetes.", "我妹妹有糖尿病。", "我妈妈有糖尿病。"),
    ("pregnancy", "I am pregnant.", "我怀孕了。", "我没有来。"),
]
"""A category, English, a faithful translation and a wrong one."""

SAME = [
    ("Take two tablets every other day.", "每隔一天吃两片。"),
    ("Do you have any allergies?", "您有没有过敏？"),
    ("I have neither fever nor cough.", "我不发烧，也不咳嗽。"),
    ("Take 5,000 units.", "注射五千单位。"),
    ("Take Tylenol twice a day.", "撲熱息痛，每日兩次。"),
    ("Do not take more than 4 tablets.", "不要超过4片。"),
    ("I am 45 years old.", "我今年四十五岁。"),
    ("Both ears hurt.", "两只耳朵都疼。"),
    ("It hurts very much, I am weak all over.", "十分疼痛，全身无力。"),
    ("Come on Wednesday.", "请周三来。"),
    ("Don't stop the medicine unless I tell you.", "除非我告诉您，不要停药。"),
]
"""English and faithful translations that say it in their own way."""
