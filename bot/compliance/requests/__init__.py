"""A request of a data subject (RGPD art. 12 to 22): does the right apply, until when, and what to answer.

All is pure: the answers, what was done and the time are arguments. `dossier.Dossier` reads one request.
"""

from bot.compliance.requests.clocks import RequestDeadline
from bot.compliance.requests.dossier import Dossier, ToDo
from bot.compliance.requests.followup import FollowUp, Step
from bot.compliance.requests.verdict import Change, Verdict

__all__ = ["Change", "Dossier", "FollowUp", "RequestDeadline", "Step", "ToDo", "Verdict"]
