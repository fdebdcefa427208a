"""Incentives: recognition, matching funds, and resources tied to shared goals; fines as an option.

Reward and punishment both raise contributions (Balliet, Mulder & Van Lange 2011); both cost.
"""

from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.params import Factor, Share
from commonweal.model.strategies.strategy import Strategy, percent


class Incentives(Strategy):
    """Giving is made to pay, in esteem and in money."""

    recognition: Factor
    """MU of esteem per MU given"""
    match: Factor
    """MU added to the pool per MU given"""
    grant: Share
    """grant to those who reach the standard, as a share of the endowment"""
    fine: Factor
    """MU of fine per MU short of the standard"""
    standard: Share
    """share of the endowment that is the standard"""
    peers: Share
    """weight in the standard of what the others of the team give"""

    def act(self, seen: PublicRecord) -> Levers:
        return Levers(
            recognition=self.recognition,
            match=self.match,
            grant=self.grant,
            fine=self.fine,
            standard=self.standard,
            peers=self.peers,
        )

    def in_practice(self, leaders: int) -> str:
        parts = [
            ("you give public credit to whoever gives", self.recognition),
            (f"you add {self.match:g} to each 1 that leaders give", self.match),
            (f"you pay a grant to those who give {percent(self.standard)} of what they dispose of", self.grant),
            ("you fine those who give less than that", self.fine),
        ]
        done = "; ".join(text for text, dose in parts if dose > 0) or "you do nothing"
        return f"Each month {done}. All {leaders:,} leaders may earn it; nobody has to come to a meeting."
