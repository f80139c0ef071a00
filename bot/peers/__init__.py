"""My people: an alert that reaches somebody, by consent, or says that it did not."""

from bot.feature import START, Feature
from bot.peers import answering, asking, due, helping, inviting, joining, notice, people, review, sound, talk, talking
from bot.peers.alert import ANSWER, ASK, ASK_AGAIN, NONE, OVER, STATUS

FEATURE = Feature(
    name="peers",
    presses={
        "people": people.pressed,
        "sharing": review.pressed,
        "alert": asking.pressed,
        "peer": helping.pressed,
        "ask": answering.pressed,
        "line": talking.pressed,
    },
    commands={
        "people": "people",
        "peers": "people",
        "whosees": "people",
        "stopsharing": "people:stop",
        "alert": "alert",
        "helping": "peer",
    },
    listed=("people",),
    buttons={"chat-end": "line:end"},
    phrases={"people-phrases": "people", "alert-phrases": "alert"},
    rests={START: joining.heard},
    answers={"alert": asking.typed, "peer": helping.typed},
    due=(due.STEP, talk.OVER, talk.FORGET, review.DUE, notice.LOOK),
    kinds={
        ASK: due.asking,
        ASK_AGAIN: due.asking_again,
        STATUS: due.showing,
        ANSWER: due.answering,
        NONE: due.nobody,
        OVER: due.ending,
        inviting.KIND: inviting.accepted,
        review.KIND: review.compose,
        notice.KIND: notice.compose,
        sound.KIND: sound.compose,
        talk.LINE: talking.line,
        talk.ENDED: talking.ended,
    },
    settled={ASK: due.settled, talk.LINE: talking.settled},
    takes=talk.takes,
    ways_out=asking.ways_out,
    before_consent=("peer", "ask", "line"),
    gate=helping.gate,
)
