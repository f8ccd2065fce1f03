"""What a text says about the signs that it speaks of: that they are there, or not; or nothing about the patient now."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container
from dataclasses import dataclass

from voicedoc.converse.signs.lexicon import SignLexicon, kinds
from voicedoc.converse.signs.mentions import Mention, Place
from voicedoc.guard.negation import asks
from voicedoc.guard.phrases import Match, Phrases
from voicedoc.guard.scope import Polarity, polarities
from voicedoc.guard.tokens import Token

_DENYING = frozenset({"cue", "concord", "coordinator", "agreeing"})
_QUESTION = frozenset({"?", "？", "؟"})
_COMMAS = frozenset({",", "，", "、", "،"})
_MASK = "\u00b7"
_CHAIN = 2
_AFTER = 3
_NEARBY = 5
_AROUND = 6
_LONG_AGO = 7
_RELATIVE = 14
_SUPPOSED = 8
_SHORT_QUESTION = 4
_FEARED = 7
_ALLERGY = 14
_CONDITIONAL = 3
_SENTENCE = 40


@dataclass(frozen=True, slots=True)
class Said:
    """A mention, and whether the sign is `present`."""

    mention: Mention
    present: bool


def said(tokens: list[Token], found: list[Mention], lexicon: SignLexicon) -> list[Said]:
    """Those mentions that say something about the patient now, in order."""
    scene = _Scene(tokens, found, lexicon)
    return [Said(mention, not scene.denied[at]) for at, mention in enumerate(found) if not scene.left_out(at, mention)]


class _Scene:
    """One text with what bears on its mentions. Every look goes a fixed number of tokens far."""

    def __init__(self, tokens: list[Token], found: list[Mention], lexicon: SignLexicon) -> None:
        self._lexicon, self._marks, self._found = lexicon, lexicon.marks, found
        own = {at for mention in found for at in mention.own()}
        self._starts = {mention.first for mention in found}
        self._words = tokens
        self._tokens = [_masked(token) if at in own else token for at, token in enumerate(tokens)]
        self._polarity = polarities(self._tokens, lexicon.guard)
        self._cues = self._cue_places()
        self._ends = {cue.stop: cue for cue in self._cues}
        self._supposed = {place.stop for place in _places(self._tokens, self._marks.supposing)}
        self._over = self._over_mentions()
        self._ago = _places(tokens, self._marks.ago)
        self._now = {place.first for place in _places(tokens, self._marks.now)}
        self._recovered = {place.first for place in _places(tokens, self._marks.recovered)}
        self._ago_starts = {place.first for place in self._ago}
        self._fears = {place.stop for place in _places(tokens, self._marks.fears)}
        self._others = self._other_people(tokens)
        self._asked = self._asked_tokens()
        self.denied = self._denials()

    def left_out(self, at: int, mention: Mention) -> bool:
        """Whether nothing is said about the patient now: supposed, asked, long over, or another person's."""
        if self._is_wished(mention):
            return False
        if self._reached(mention.first, self._supposed, _SUPPOSED) or mention.first in self._asked:
            return True
        if self._is_another_persons(mention) or self._is_listed_with_denied(at):
            return True
        if self._is_across_denials(at) or self._is_as_prescribed(mention):
            return True
        if self._is_feared(mention) or self._is_allergys(at) or self._is_asked_for(mention) or self._is_healed(mention):
            return True
        if mention.sign not in kinds().history and self._is_long_ago(mention):
            return True
        return at in self._over and mention.sign not in kinds().lasting and not self.denied[at]

    # --- denials -----------------------------------------------------------------------------------------------------

    def _cue_places(self) -> list[Place]:
        negation, places, at = self._lexicon.guard.negation, [], 0
        while at < len(self._tokens):
            answer = self._marks.answers.at(self._tokens, at)
            match = negation.cues.at(self._tokens, at)
            if answer:
                at += 1
            elif match and self._denies(match) and not asks(self._words, at):
                places.append(Place(at, match.stop))
                at = match.stop
            else:
                at = match.stop if match else at + 1
        return places

    def _denies(self, match: Match) -> bool:
        """ "Plus" denies after "ne" only."""
        if match.value != "with-particle":
            return match.value in _DENYING
        before = self._tokens[max(0, match.first - _AFTER) : match.first]
        return any(token.text in self._lexicon.guard.negation.particles for token in before)

    def _denials(self) -> list[bool]:
        denied: list[bool] = []
        for at, mention in enumerate(self._found):
            denied.append(self._cue_reaches(mention) or (at > 0 and denied[-1] and self._continues(at)))
        for at in range(len(self._found) - 1, 0, -1):
            if denied[at] and self._backward(self._found[at]) and self._is_joined(at - 1):
                denied[at - 1] = True
        return denied

    def _cue_reaches(self, mention: Mention) -> bool:
        if self._is_denied_topic(mention):
            return True
        if self._polarity[mention.first] is Polarity.AFFIRMED and self._polarity[mention.stop - 1] is Polarity.AFFIRMED:
            return False
        return self._denied_within(mention) or self._denied_before(mention) or self._backward(mention)

    def _is_denied_topic(self, mention: Mention) -> bool:
        """ "Dor no peito não tenho.": the denial follows, and ends the clause."""
        at = mention.stop + (mention.stop < len(self._tokens) and self._tokens[mention.stop].text in _COMMAS)
        match = self._marks.topics.at(self._tokens, at) if at < len(self._tokens) else None
        return match is not None and (match.stop == len(self._tokens) or self._tokens[match.stop].ends_clause)

    def _denied_within(self, mention: Mention) -> bool:
        at = bisect_left(self._cues, Place(mention.first, mention.first))
        return at < len(self._cues) and self._cues[at].stop <= mention.stop

    def _is_across_denials(self, at: int) -> bool:
        """ "No chest pain, no trouble breathing": two signs that are denied are no third one."""
        mention = self._found[at]
        first = bisect_left(self._cues, Place(mention.first + 1, 0))
        within = [cue for cue in self._cues[first : first + 2] if cue.stop <= mention.stop]
        if not self.denied[at] or not within or set(range(within[0].first, within[0].stop)) & set(mention.own()):
            return False
        comma = any(token.ends_clause for token in self._tokens[mention.first : mention.stop])
        near = self._found[max(0, at - _AROUND) : at + _AROUND]
        return comma and any(one is not mention and self._is_half(one, mention, within[0].first) for one in near)

    def _is_half(self, one: Mention, mention: Mention, stop: int) -> bool:
        """Whether a mention takes its words from the first half of another."""
        return one.stop <= stop and bool(set(one.own()) & set(mention.own()))

    def _denied_before(self, mention: Mention) -> bool:
        cues = {stop for stop, cue in self._ends.items() if not self._denies_back(cue)} if self._marks.back else None
        return self._reached(mention.first, self._ends if cues is None else cues, self._marks.reach)

    def _denies_back(self, cue: Place) -> bool:
        """Whether a cue such as "нет" belongs to what stands right before it."""
        if self._marks.back.isdisjoint({self._tokens[cue.first].text, self._tokens[cue.stop - 1].text}):
            return False
        return any(self._tokens[at].text == _MASK for at in range(max(0, cue.first - _AFTER), cue.first))

    def _backward(self, mention: Mention) -> bool:
        """Whether a cue follows that denies what stands before it: "बुखार नहीं है"."""
        if not self._marks.back:
            return False
        for at in range(mention.stop, min(mention.stop + _AFTER + 1, len(self._tokens))):
            token = self._tokens[at]
            if token.text in self._marks.back:
                return True
            if token.ends_clause or token.text == _MASK or token.text in self._marks.breaks:
                return False
        return False

    def _continues(self, at: int) -> bool:
        """ "No fever, cough or chest pain": what follows a denied sign closely, where the guard says so too."""
        before, mention = self._found[at - 1], self._found[at]
        if mention.first < before.stop:
            return self._polarity[mention.first] is Polarity.DENIED and mention.first == before.first
        return self._polarity[mention.first] is Polarity.DENIED and self._is_close(before.stop, mention.first)

    def _is_joined(self, at: int) -> bool:
        """Whether only an "or" stands between a mention and the next one."""
        words = self._tokens[self._found[at].stop : self._found[at + 1].first]
        return len(words) <= 1 and all(token.text in self._lexicon.guard.negation.or_words for token in words)

    def _is_listed_with_denied(self, at: int) -> bool:
        """ "No cough, fever": a list may go on, or something new begin; nobody can tell."""
        if at == 0 or self.denied[at] or not self.denied[at - 1]:
            return False
        before, mention = self._found[at - 1], self._found[at]
        if self._polarity[mention.first] is not Polarity.OPEN:
            return False
        comma = before.stop < len(self._tokens) and self._tokens[before.stop].text in _COMMAS
        return comma and mention.first == before.stop + 1

    def _is_close(self, first: int, stop: int) -> bool:
        at = bisect_left(self._cues, Place(first, first))
        if at < len(self._cues) and self._cues[at].first < stop:
            return False
        words = [token for token in self._tokens[first:stop] if not token.ends_clause]
        return stop - first <= _CHAIN + 1 and not any(token.text in self._marks.breaks for token in words)

    def _reached(self, first: int, ends: Container[int], most: int) -> bool:
        """Whether one of `ends` stands at most so many tokens before `first`, and nothing new begins between."""
        begun = False  # something new begins, unless it follows the cue directly: "no me siento", "nunca he tenido"
        for at in range(first, max(-1, first - most - 1), -1):
            if at in ends:
                return not begun or self._only_breaks(at, first)
            before = self._tokens[at - 1] if at else None
            if before is None or before.ends_sentence or self._stops(before, first):
                return False
            begun = begun or before.text in self._marks.breaks
        return False

    def _stops(self, token: Token, first: int) -> bool:
        if token.text in self._lexicon.guard.negation.but:
            return True
        return token.ends_clause and self._polarity[first] is not Polarity.DENIED

    def _only_breaks(self, first: int, stop: int) -> bool:
        """Whether the new beginnings stand right after the cue: "don't I have", "no me siento"."""
        at = first
        while at < stop and self._tokens[at].text in self._marks.breaks:
            at += 1
        return not any(token.text in self._marks.breaks for token in self._tokens[at:stop])

    # --- fears, allergies, conditions ---------------------------------------------------------------------------------

    def _is_wished(self, mention: Mention) -> bool:
        """ "如果我死了就好了": what is supposed is wished for."""
        if mention.sign != "wants-to-die":
            return False
        stop = min(mention.stop + _AFTER, len(self._words))
        return any(self._marks.wishing.at(self._words, at) for at in range(mention.first, stop))

    def _is_feared(self, mention: Mention) -> bool:
        """ "I am worried that it is cancer": an illness is feared, not told; a new sentence or ", I have" tells it."""
        if mention.sign not in kinds().feared:
            return False
        for at in range(mention.first, max(-1, mention.first - _FEARED - 1), -1):
            if at in self._fears:
                return True
            before = self._tokens[at - 1] if at else None
            if before is None or before.ends_sentence:
                return False
            if before.ends_clause and (at - 1 not in self._fears or self._tokens[at].text in self._marks.mine):
                return False
        return False

    def _is_allergys(self, at: int) -> bool:
        """ "I am allergic to penicillin, I get a rash", unless it is happening."""
        mention = self._found[at]
        if mention.sign not in kinds().reactions:
            return False
        allergies = (one for one in self._found[max(0, at - _AROUND) : at] if one.sign == "history-allergy")
        return any(
            one.stop <= mention.first <= one.stop + _ALLERGY
            and self._sentence(one.first) == (sentence := self._sentence(mention.first))
            and self._now.isdisjoint(sentence)
            for one in allergies
        )

    def _sentence(self, at: int) -> range:
        """The tokens of the sentence around `at`."""
        first, stop = at, at
        while first > max(0, at - _SENTENCE) and not self._tokens[first - 1].ends_sentence:
            first -= 1
        while stop < min(len(self._tokens), at + _SENTENCE) and not self._tokens[stop].ends_sentence:
            stop += 1
        return range(first, stop)

    def _is_asked_for(self, mention: Mention) -> bool:
        """ "If my tongue swells, what do I do?" """
        near = self._tokens[max(0, mention.first - _CONDITIONAL) : mention.first]
        if self._marks.conditionals.isdisjoint(token.text for token in near):
            return False
        stop = self._sentence(mention.first).stop
        return stop < len(self._tokens) and self._tokens[stop].text in _QUESTION

    def _is_as_prescribed(self, mention: Mention) -> bool:
        """ "I took all my tablets, as the doctor said": a treatment that is finished is no overdose.

        One is "all at once, as prescribed", "all of them, not as directed", or "as prescribed, but I took them all".
        """
        if mention.sign != "overdose":
            return False
        sentence = self._sentence(mention.first)
        found = [match for at in sentence if (match := self._marks.prescribed.at(self._words, at))]
        turned = any(self._words[at].text in self._lexicon.guard.negation.but for at in sentence)
        if not found or turned or any(self._marks.beyond.at(self._words, at) for at in sentence):
            return False
        return not any(self._is_denied_phrase(match) for match in found)

    def _is_denied_phrase(self, match: Match) -> bool:
        """Whether a cue stands close by in its clause: "not exactly as prescribed", "as the doctor said not to"."""
        before = (cue for cue in self._cues if 0 <= match.first - cue.stop <= _AFTER)
        after = (cue for cue in self._cues if 0 <= cue.first - match.stop <= _AFTER)
        between = [*((cue.stop, match.first) for cue in before), *((match.stop, cue.first) for cue in after)]
        return any(not any(token.ends_clause for token in self._words[first:stop]) for first, stop in between)

    def _is_healed(self, mention: Mention) -> bool:
        """ "Eight years ago, my mouth drooped. Everything came back." """
        if mention.sign in kinds().history:
            return False
        sentence = self._sentence(mention.first)
        if self._ago_starts.isdisjoint(sentence) or not self._now.isdisjoint(sentence):
            return False
        return not self._recovered.isdisjoint(range(mention.stop, mention.stop + _RELATIVE + 1))

    # --- time, persons, questions ------------------------------------------------------------------------------------

    def _over_mentions(self) -> set[int]:
        """The mentions of which it is said that they are over: the nearest one to each such word."""
        over: set[int] = set()
        firsts = [mention.first for mention in self._found]
        for place in _places(self._tokens, self._marks.over):
            if self._reached(place.first, self._ends, 2):
                continue  # "has not stopped"
            following = bisect_left(firsts, place.stop)
            around = range(max(0, following - _AROUND), min(following + 1, len(firsts)))
            distances = {at: distance for at in around if (distance := self._distance(place, at)) <= _NEARBY}
            least = min(distances.values(), default=0)
            over.update(at for at, distance in distances.items() if distance == least)
        return over

    def _distance(self, place: Place, at: int) -> int:
        mention = self._found[at]
        first, stop = (mention.stop, place.first) if mention.stop <= place.first else (place.stop, mention.first)
        if stop < first:
            return 0
        between = self._tokens[first : min(stop, first + _NEARBY + 1)]
        but = self._lexicon.guard.negation.but if place.stop <= mention.first else frozenset()  # "… but it went away"
        blocked = any(token.ends_sentence if not but else token.ends_clause or token.text in but for token in between)
        return _NEARBY + 1 if blocked else stop - first

    def _is_long_ago(self, mention: Mention) -> bool:
        return any(
            abs(place.first - mention.stop) <= _LONG_AGO or abs(mention.first - place.stop) <= _LONG_AGO
            for place in self._near(self._ago, mention)
            if self._one_clause(min(place.stop, mention.stop), max(place.first, mention.first))
        )

    def _near(self, places: list[Place], mention: Mention) -> list[Place]:
        first = bisect_left(places, Place(max(0, mention.first - _LONG_AGO - 5), 0))
        return [place for place in places[first : first + 8] if place.first <= mention.stop + _LONG_AGO]

    def _one_clause(self, first: int, stop: int) -> bool:
        joins = self._lexicon.guard.negation.but | self._lexicon.guard.negation.and_words
        return not any(token.ends_clause or token.text in joins for token in self._tokens[first:stop])

    def _other_people(self, tokens: list[Token]) -> list[tuple[Place, bool]]:
        """Stretches with a relative as their subject, and whether they tell of the past."""
        stretches: list[tuple[Place, bool]] = []
        for relative in _places(tokens, self._marks.relatives):
            stop = relative.stop
            while stop < len(tokens) and stop < relative.stop + _RELATIVE and not self._begins_anew(tokens[stop]):
                stop += 1
            stranger = self._marks.strangers.at(tokens, relative.first) is not None
            tells = [self._marks.past, self._marks.happened] if stranger else [self._marks.past]
            past = any(words.at(tokens, at) for words in tells for at in range(max(0, relative.first - 4), stop))
            stretches.append((Place(relative.first, self._goes_on(stop) if past and stranger else stop), past))
        return stretches

    def _goes_on(self, stop: int) -> int:
        """Where it ends with the next sentence: "My neighbour had a stroke. His mouth drooped." """
        if stop + 1 >= len(self._words) or not self._words[stop].ends_sentence:
            return stop
        following = self._sentence(stop + 1)
        mine = any(self._words[at].text in self._marks.mine for at in following)
        theirs = self._words[stop + 1].text in self._marks.theirs
        return following.stop if theirs and not mine and self._now.isdisjoint(following) else stop

    def _begins_anew(self, token: Token) -> bool:
        return token.ends_sentence or token.text in self._marks.mine or token.text in self._lexicon.guard.negation.but

    def _is_another_persons(self, mention: Mention) -> bool:
        chronic = mention.sign in kinds().chronic or self._is_condition(mention)
        for place, past in self._stretches_near(mention):
            inside = place.first <= mention.first < place.stop
            follows = chronic and mention.first < place.first <= mention.stop + _AFTER
            if (inside and (past or chronic)) or (follows and self._one_clause(mention.stop, place.first)):
                return True
        return False

    def _is_condition(self, mention: Mention) -> bool:
        """ "Migraine": the word is for what a person has for long."""
        return all(self._words[at].text in self._marks.conditions for at in mention.own())

    def _stretches_near(self, mention: Mention) -> list[tuple[Place, bool]]:
        first = bisect_left(self._others, (Place(max(0, mention.first - _RELATIVE - 6), 0), False))
        last = bisect_left(self._others, (Place(mention.stop + _AFTER + 1, 0), False))
        return self._others[first:last]

    def _asked_tokens(self) -> set[int]:
        """The tokens of questions that say nothing: "chest pain?", but not "why does my chest hurt?"."""
        asked: set[int] = set()
        first, before = 0, 0
        for at, token in enumerate(self._tokens):
            if token.text in _QUESTION and all(one.text in self._marks.mine for one in self._tokens[first:at]):
                first = before  # "Short of breath, me? No."
            if token.text in _QUESTION and (not self._tells(first, at) or self._is_answered_no(first, at)):
                asked.update(range(first, at))
            if token.ends_clause or token.text in self._lexicon.guard.negation.but:
                first, before = at + 1, first if not token.ends_sentence else at + 1
        return asked

    def _is_answered_no(self, first: int, stop: int) -> bool:
        """ "Am I short of breath? No." """
        presumes = any(token.text in self._marks.presuming for token in self._tokens[first:stop])
        answer = self._lexicon.guard.negation.cues.at(self._tokens, stop + 1) if stop + 1 < len(self._tokens) else None
        return answer is not None and answer.value == "cue" and not presumes

    def _tells(self, first: int, stop: int) -> bool:
        words = {token.text for token in self._tokens[first:stop]}
        if self._asks_of_effects(first, stop) and words.isdisjoint(self._marks.presuming):
            return False
        about_me = stop - first > _SHORT_QUESTION and not words.isdisjoint(self._marks.mine)
        return about_me or not words.isdisjoint(self._marks.presuming)

    def _asks_of_effects(self, first: int, stop: int) -> bool:
        """ "Could these pills make me dizzy?" """
        return any(self._marks.causing.at(self._words, at) for at in range(first, stop))


def _masked(token: Token) -> Token:
    return Token("word", _MASK, token.start, token.end, _MASK)


def _places(tokens: list[Token], phrases: Phrases) -> list[Place]:
    places, at = [], 0
    while at < len(tokens):
        match = phrases.at(tokens, at)
        if match:
            places.append(Place(match.first, match.stop))
        at = match.stop if match else at + 1
    return places
