"""A personal data breach (RGPD art. 4(12), 33, 34): its facts, its risk, its deadlines and its papers.

All is pure: the answers, what was sent and the time are arguments. `dossier.Dossier` reads one breach.
"""

from bot.compliance.breach.dossier import Dossier
from bot.compliance.breach.followup import FollowUp, Notification, Told
from bot.compliance.breach.verdict import Verdict

__all__ = ["Dossier", "FollowUp", "Notification", "Told", "Verdict"]
