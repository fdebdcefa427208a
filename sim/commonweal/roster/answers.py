"""Answers: the scales of words that people are asked to choose among, and where on our scale each word lies."""

FREQUENCY = {
    "never": 0.0, "not at all": 0.0, "no contact": 0.0, "none": 0.0,
    "yearly": 0.2, "annually": 0.2, "once a year": 0.2, "every year": 0.2, "rarely": 0.2, "seldom": 0.2,
    "a few times a year": 0.3, "quarterly": 0.4, "every quarter": 0.4, "sometimes": 0.4, "occasionally": 0.4,
    "monthly": 0.6, "every month": 0.6, "once a month": 0.6, "regularly": 0.6, "often": 0.8, "frequently": 0.8,
    "weekly": 0.8, "every week": 0.8, "once a week": 0.8, "every two weeks": 0.7, "fortnightly": 0.7, "daily": 1.0,
    "every day": 1.0, "very often": 1.0, "always": 1.0,
    "nie": 0.0, "gar nicht": 0.0, "jährlich": 0.2, "selten": 0.2, "vierteljährlich": 0.4, "manchmal": 0.4,
    "gelegentlich": 0.4, "monatlich": 0.6, "regelmäßig": 0.6, "oft": 0.8, "häufig": 0.8, "wöchentlich": 0.8,
    "täglich": 1.0, "sehr oft": 1.0, "immer": 1.0,
    "jamais": 0.0, "rarement": 0.2, "parfois": 0.4, "souvent": 0.8, "toujours": 1.0, "nunca": 0.0, "rara vez": 0.2,
    "a veces": 0.4, "a menudo": 0.8, "siempre": 1.0, "mensual": 0.6, "semanal": 0.8, "diario": 1.0,
}  # fmt: skip
"""answers to `how often`, evenly spaced: an assumption, which a mapping can change"""
LOW, HIGH = "low/niedrig/gering/faible/bajo", "high/hoch/élevé/alto"
MEDIUM = "medium/moderate/middle/average/mittel/moyen/medio"
NEUTRAL = "neutral/neither agree nor disagree/neither/undecided/partly"
SCALES = (
    f"{LOW}, {MEDIUM}, {HIGH}",
    f"very low/sehr niedrig, {LOW}, {MEDIUM}, {HIGH}, very high/sehr hoch",
    "weak, moderate/medium, strong",
    "very weak, weak, moderate/medium, strong, very strong",
    f"strongly disagree/disagree strongly/totally disagree/completely disagree, disagree, {NEUTRAL}, agree, "
    "strongly agree/agree strongly/totally agree/completely agree",
    f"strongly disagree/disagree strongly, disagree, somewhat disagree/slightly disagree, {NEUTRAL}, "
    "somewhat agree/slightly agree, agree, strongly agree/agree strongly",
    "very poor/very bad, poor/bad, fair/average/ok, good, very good/excellent",
    "poor, fair, good, very good, excellent",
    "not at all, a little/slightly/little, somewhat/moderately, very/quite a bit/a lot/mostly, "
    "extremely/completely/fully",
    "no trust, little trust, some trust, much trust/a lot of trust, full trust/complete trust",
)
"""scales of answers other than `how often`, from the least to the most; a slash parts words for the same step"""


def numbers_for(answers: set[str], column: str, alone: bool = True) -> dict[str, float]:
    """A number from 0 to 1 for each answer, in lower case; none where they are not all of one scale that is known.

    The first of a scale is 0 and its last 1. As a strength it is the share of the steps that were taken, since a tie of
    strength 0 is none. alone: whether there are no numbers beside them, which only `how often` may have.
    """
    if not answers:
        return {}
    if answers <= {*FREQUENCY}:
        return {answer: FREQUENCY[answer] for answer in sorted(answers)}
    for scale in SCALES if alone and len(answers) > 1 else ():  # one word does not tell its scale
        steps = [step.split("/") for step in scale.split(", ")]
        at = {word: number for number, step in enumerate(steps) for word in step}
        if answers <= {*at}:
            first, most = (1, len(steps)) if column == "strength" else (0, len(steps) - 1)
            return {word: (at[word] + first) / most for word in sorted(answers, key=lambda word: at[word])}
    return {}
