"""What a practice takes away with it as files: its register and plan of action, the papers of its breaches,
its impact assessments.

All is pure: data in, bytes out.
"""

from bot.documents.assessment import assessment_docx, assessment_pdf
from bot.documents.breach_log import breach_log_ods, breach_log_pdf
from bot.documents.calendar_file import deadlines_ics
from bot.documents.message import message_docx, message_pdf
from bot.documents.notification import notification_docx, notification_pdf
from bot.documents.pia_file import pia_json
from bot.documents.register import register_pdf
from bot.documents.screening import screening_docx, screening_pdf

__all__ = [
    "assessment_docx",
    "assessment_pdf",
    "breach_log_ods",
    "breach_log_pdf",
    "deadlines_ics",
    "message_docx",
    "message_pdf",
    "notification_docx",
    "notification_pdf",
    "pia_json",
    "register_pdf",
    "screening_docx",
    "screening_pdf",
]
