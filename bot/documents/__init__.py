"""What a practice takes away as files: its register and plan of action, the papers of breaches and requests.

All is pure: data in, bytes out.
"""

from bot.documents.breach_log import breach_log_ods, breach_log_pdf
from bot.documents.calendar_file import deadlines_ics, request_deadlines_ics
from bot.documents.message import message_docx, message_pdf
from bot.documents.notification import notification_docx, notification_pdf
from bot.documents.register import register_pdf
from bot.documents.request_letter import request_letter_docx, request_letter_pdf
from bot.documents.request_log import request_log_ods, request_log_pdf

__all__ = [
    "breach_log_ods",
    "breach_log_pdf",
    "deadlines_ics",
    "message_docx",
    "message_pdf",
    "notification_docx",
    "notification_pdf",
    "register_pdf",
    "request_deadlines_ics",
    "request_letter_docx",
    "request_letter_pdf",
    "request_log_ods",
    "request_log_pdf",
]
