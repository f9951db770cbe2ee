"""What the scripted interviewer says: several plain wordings for each move.

None of them judges an answer. Placeholders in braces are filled from the brief.
"""

GREETINGS = (
    (
        "Hello, and welcome. I am {persona}, an AI interviewer{for_whom}. We have about {minutes} "
        "minutes and {total}. "
        "Take all the time you need to think, and ask me to repeat anything. Here is the first question."
    ),
)
QUICK_GREETINGS = ("Hello, I am {persona}, an AI interviewer. Let us begin.",)

ACKNOWLEDGEMENTS = (
    "Thank you.",
    "Thank you for telling me about that.",
    "Thanks, I have noted that.",
    "I see, thank you.",
    "All right, thank you for that.",
    "Thanks for walking me through it.",
    "Understood, thank you.",
    "Thank you, that is noted.",
)
BRIDGES = (
    "Let us go on.",
    "Here is the next one.",
    "The next question is this.",
    "Let us turn to something else.",
    "Now to another subject.",
    "I would like to move on to this.",
)
LAST_BRIDGES = ("This is the last of my questions.", "One question is left.")
AFTER_SKIP = (
    "That is quite all right.",
    "No problem, we leave that one.",
    "That is fine, it simply stays open.",
    "All right, we skip it.",
)
AFTER_STRUGGLE = (
    "That is all right, nobody knows everything.",
    "No problem at all.",
    "That is fine, let us leave it there.",
)
AFTER_NOT_CAUGHT = ("I am sorry that I could not hear that well. It won't count against you.",)
LEFT_OUT = (
    "One question should not be asked here, so I leave it out. Is there something you would like to add?"
)
FROM_A_PERSON = ("{name} would like to ask you something.", "Here is a question from {name}.")

FOLLOW_UP_OPENERS = (
    "Thank you.",
    "I see.",
    "Thanks, that helps me to follow.",
    "I would like to hear a little more.",
    "Let me ask about one part.",
    "Thank you, one more thing about this.",
)
FOLLOW_UP_LINKS = (
    "You spoke about {covered}.",
    "You have told me about {covered}.",
    "I have noted what you said about {covered}.",
)
FOLLOW_UPS = (
    "What can you tell me about {topic}?",
    "Could you say something about {topic}, too?",
    "And how is it with {topic}?",
    "What about {topic}?",
)
BARE_FOLLOW_UPS = (
    "Is there something else that matters here, in your view?",
    "Could you go into one part of that in more detail?",
)
CLARIFICATIONS = (
    "Could you tell me a little more, perhaps with an example?",
    "Can you make that concrete for me? One example is enough.",
    "I would like to picture it better. What did that look like in practice?",
    "Please go on a little. What exactly would you do, or have you done?",
)

REPEATS = (
    "Of course. {question}",
    "Gladly, once more. {question}",
    "Certainly. The question was this: {question}",
)
REPHRASES = (
    "Let me put it another way. {rephrase}",
    "In other words: {rephrase}",
    "I can ask it differently. {rephrase}",
)
HELPS = (
    "That is fine, take a moment. {help}",
    "No problem. Perhaps this helps. {help}",
    "Don't worry. {help}",
)
CLARIFYING_HELPS = ("Let me try to help. {help}", "Perhaps this makes it clearer. {help}")
BARE_HELPS = (
    "That is fine, take a moment. You can begin with whatever part of it you know, however small.",
    "No problem. Something similar that you have seen or read about is welcome, too.",
)
ASSUMPTIONS = (
    "Please assume what seems sensible to you, say what it is, and go on from there.",
    "That is yours to choose. Name the assumption that you make, and continue.",
)

OFFERS = {
    "skip": (
        "Would you like to move on to the next question? Just say yes, or take more time for this one.",
        "We can leave this one open and go on, if you like. Shall we?",
        "Shall we move on? A question that is left open is not counted as a wrong answer.",
    ),
    "break": (
        "Would a short break do you good? Everything you have said is kept.",
        "We can pause here for a while, if you like. Shall we?",
    ),
    "reschedule": (
        "If today is not a good day, we can stop here and go on another time. Would you like that?",
        "We could also find another day for the rest. Shall I pass that on?",
    ),
    "text": (
        "I am sorry, I still could not hear you well. Would you rather type your answer?",
        "The sound does not reach me well. You can type your answer instead, if you like.",
    ),
}
STOP_OFFERS = (
    (
        "Of course, you can stop whenever you like. Shall we go on another day? To end for good, just "
        "say so once more."
    ),
)
ACCEPTED = {
    "break": (
        "Of course. Take your time, and press resume when you are back.",
        "Certainly, we pause here. I'll be here when you come back.",
    ),
    "reschedule": (
        "All right. I'll pass on that you would like to continue another day. Nothing you said is lost.",
    ),
    "text": (
        "Of course. Please type your answer in the box, and send it when you are ready.",
        "Gladly. The box below takes your answer in writing.",
    ),
    "skip": ("All right.",),
}
RESUMES = (
    "Of course, take your time. I am listening.",
    "No hurry. Just begin when you are ready.",
    "Gladly. I am waiting for you.",
    "All right, whenever you are ready.",
)
CANDIDATE_QUESTION_RESUMES = ("Please go ahead.", "I am listening. What would you like to know?")
ASK_AGAIN = (
    "I didn't catch that well, could you say it once more?",
    "I am sorry, that did not reach me clearly. Could you say it again?",
)
NUDGES = (
    "Take your time. I am listening.",
    "There is no hurry. Begin wherever you like.",
    "I am still here. Just start when you are ready.",
    "Whenever you are ready.",
)
CLOSING_NUDGES = ("Is there anything that you would like to know? If not, just say so.",)
PERSONS = (
    (
        "Of course. I'll pass on that you would like to talk to a person, and somebody will be in touch. "
        "We can stop here, or go on with the interview in the meantime, as you like."
    ),
    (
        "I have passed that on, a person will contact you. Please go on if you wish, or end the "
        "interview at any time."
    ),
)

INVITES = (
    "Thank you, those were all my questions. Now it is your turn: what would you like to know about the job?",
    "That was my last question, thank you. Is there anything that you would like to ask?",
)
TIME_UP_INVITES = (
    (
        "Our time is nearly over, so I'll stop asking here; that is no fault of yours. "
        "Is there anything that you would like to know?"
    ),
)
NO_QUESTION_INVITES = ("Hello, I am {persona}, an AI interviewer. What would you like to ask or tell us?",)
KNOWN = ("{facts}", "I can tell you this. {facts}", "Gladly. {facts}", "As far as I know: {facts}")
PASSED_ON = (
    "I don't know that, so I'll pass your question on to a person, who will answer you.",
    "That I can't tell you myself. I have noted the question for the hiring team.",
    "I would rather not guess. A person from the team will get back to you on that.",
    "That is a question for the people there. I'll hand it on.",
)
NOTED = (
    "Thank you for saying that. It stands with your answers.",
    "Thank you, that is kept together with your answers.",
    "Good to know, thank you. It is kept with the rest.",
)
MORE_QUESTIONS = (
    "Is there anything else?",
    "What else would you like to know?",
    "Do you have another question?",
    "Would you like to ask something more?",
)
BACK_TO_THE_QUESTION = (
    "Let us go back to the question. Please go on whenever you like.",
    "Now back to you. I am listening to your answer.",
)
CLOSINGS = (
    (
        "Thank you for your time today. A person will read what you said and decide about the next step. "
        "You can read your answers on this page now. Goodbye, and all the best."
    ),
)
STOPPED_CLOSINGS = (
    (
        "All right, we end here. Thank you for your time; what you said is kept, and a person will be in "
        "touch. Goodbye."
    ),
)
OWN_CLOSING_END = "Thank you for your time, and goodbye."
