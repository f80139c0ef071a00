"""Words that tell whoever sees the phone lying there what it is about: none of them arrives by itself."""

import re

from bot.chat import Message

TELLING = {
    "en": re.compile(
        r"\b(use[ds]?|using|crav\w*|urges?|pull|recover\w*|drugs?|kratom|opioids?|alcohol|drink\w*|slip\w*|laps\w*|"
        r"relaps\w*|sober\w*|clean|quit\w*|addict\w*|withdraw\w*|hard moment|crisis|trigger\w*|medicine|suicid\w*|"
        r"mood|check-?in|meetings?|fellowships?|NA|AA|SMART)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(consum\w*|ganas|antoj\w*|ansias?|craving|recuper\w*|drogas?|kratom|opioides?|opiáceos?|alcohol\w*|"
        r"beb(er|es|ías?|iste|ida|idas)|tropiez\w*|tropecé|reca[eí]\w*|sobri\w*|limpi[oa]s?|adict\w*|adicci\w*|"
        r"abstinencia|momento difícil|crisis|disparador\w*|medicación|medicinas?|pastillas?|suicid\w*|ánimo|"
        r"reuni[oó]n(es)?|comunidad(es)?)\b",
        re.IGNORECASE,
    ),
}


def told(message: Message, language: str) -> list[str]:
    """What in this message is not neutral, buttons included: but for those that stay, which are on no locked screen."""
    labels = [button.label for row in message.rows for button in row]
    return [found[0] for part in (message.text, *labels) for found in TELLING[language].finditer(part)]
