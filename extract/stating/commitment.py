"""How a sentence commits to what one of its words states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...schema import Modality, Polarity

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Attribution:
    """How a sentence commits to what one of its words states."""

    negated: bool = False
    modality: Modality = Modality.ASSERTED
    speaker: Token | None = None
    """Head of the phrase that names who says so."""
    ended: bool = False
    """Whether a verb ends or prevents what a noun names: *deter aggression*."""
    redeemed: bool = False
    """Whether a denial was denied: *has not refused to*."""
    able: bool = False
    """Whether it is only said that somebody can: a fact about a weapon, none about a sale."""

    @property
    def polarity(self) -> Polarity:
        """Affirmed or negated."""
        return Polarity.NEGATED if self.negated else Polarity.AFFIRMED

    def deny(self) -> None:
        """The opposite is stated; a denial of a denial affirms."""
        self.redeemed |= self.negated
        self.negated = not self.negated

    def suppose(self) -> None:
        """Nothing is stated as fact."""
        self.modality += Modality.HYPOTHETICAL

    def report(self, speaker: Token | None) -> None:
        """It is somebody's word; the innermost speaker is kept."""
        self.modality += Modality.REPORTED
        if self.speaker is None:
            self.speaker = speaker
