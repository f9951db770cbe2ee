"""Words for the sample reports: questions, answers and names, made up."""

QUESTIONS = (
    ("Tell me about a migration you led and what made it hard.", "behavioral", "Ownership"),
    (
        "How do you keep a message queue from losing work when a consumer dies?",
        "technical",
        "Distributed systems",
    ),
    ("A query that took 20 ms now takes 4 s. Walk me through what you do.", "technical", "Databases"),
    (
        "Design a service that sends one million reminders at nine in the morning.",
        "system_design",
        "System design",
    ),
    ("Tell me about a time you disagreed with a decision and what you did.", "behavioral", "Collaboration"),
    ("What would you change about the way your team tests its code?", "technical", "Quality"),
)

_SPOKEN = """\
We moved the data in small batches so nobody lost any orders. The hardest part was keeping both
systems in step while people were still buying things. We wrote every order twice for three weeks
and compared the two sides every night. When the counts had been equal for ten nights we turned the
old one off.

The consumer only acknowledges a message once the work is committed, so if it dies the broker
delivers it again. That means the work has to be idempotent, so we keep the message id next to the
result and skip it when we have seen it before. I would also cap the retries and move poison
messages to a queue of their own.

First I look at whether the plan changed, because that is usually statistics or a missing index. I
compare the plan from before with the one from today. If the plan is the same I look at locks and at
the disk. In our case someone had loaded ten times the rows and the planner still thought the table
was tiny.

I would spread the million over shards by user and start preparing before nine. Every shard has its
own queue and its own rate limit towards the mail provider. What matters is that a reminder is sent
once, so the state is stored before and after sending.

I disagreed with rewriting the billing service from scratch. I wrote down what I was afraid of and
asked for one week to try a smaller change. It turned out that the smaller change was enough, and we
kept the old service for another two years.

Honestly our tests are slow, people push without running them. I would cut the slow ones into pieces
and run the rest on every save.
"""

ANSWERS = tuple(" ".join(answer.split()) for answer in _SPOKEN.split("\n\n"))

FOLLOW_UPS = (
    "You said you compared the two sides every night. What did you compare?",
    "What happens when the store that holds the message ids is down?",
)

FEEDBACK = (
    "You explain step by step and say what you measured. Next time, also say what you would have done if the "
    "plan had failed."
)

POINTS = (
    "Dual writes or change capture with a comparison",
    "A way back if the new system fails",
    "Idempotent handling by a stored key",
    "Dead-letter queue with an alert",
    "Statistics, plan and indexes before hardware",
)

ANCHORS = {
    "1": "Names no approach.",
    "2": "Names one approach without saying why.",
    "3": "Explains a sound approach and one risk.",
    "4": "Weighs two approaches and their risks from experience.",
    "5": "Also says how success was measured and what went wrong.",
}

NAMES = (
    ("Zoë Łukasz-Nguyễn", "Latin"),
    ("Αθηνά Παπαδοπούλου", "Greek"),
    ("Алёна Кузьмина", "Cyrillic"),
    ("محمد الأمين", "Arabic"),
    ("נועה בן־דוד", "Hebrew"),
    ("श्रीया क्षत्रिय", "Devanagari"),
    ("张伟", "Han"),
    ("佐藤さくら", "kana"),
    ("김민준", "Hangul"),
)

SPOKEN_IN_SCRIPTS = (
    "Мы переносили данные небольшими частями, чтобы ни один заказ не потерялся.",
    "نقلنا البيانات على دفعات صغيرة (نحو 500 صف) حتى لا يضيع أي طلب.",
    "העברנו את הנתונים במנות קטנות (כ־500 שורות) כדי שאף הזמנה לא תאבד.",
    "हमने डेटा को छोटे हिस्सों में स्थानांतरित किया ताकि कोई ऑर्डर न खोए।",
    "我们把数据分成小批迁移，这样没有人丢失订单。最难的是保持两个系统同步。",
    "注文を失わないように、データを少しずつ移行しました。",
    "주문이 사라지지 않도록 데이터를 조금씩 옮겼습니다.",
    "Μεταφέραμε τα δεδομένα σε μικρές παρτίδες.",
)

HOSTILE = (
    'a<b & c > d "quoted" <b>bold</b>',
    '<img src="/etc/hostname"/> <a href="file:///etc/hostname">link</a>',
    "</para><para> &lt;script&gt;alert(1)&lt;/script&gt; %s {0} \\u0000 (( )) <<>>",
    "nul\x00bell\x07 override \u202egnp.exe\u202c mark a" + "\u0301" * 40 + " end \ud800",
    "W" * 400,
    "=cmd|' /C calc'!A0 and @SUM(1+1)",
)
