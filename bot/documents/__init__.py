"""What a practice takes away with it as files: its register and plan of action, its notices, the papers
of its breaches.

All is pure: data in, bytes out.
"""

from bot.documents.breach_log import breach_log_ods, breach_log_pdf
from bot.documents.calendar_file import deadlines_ics
from bot.documents.message import message_docx, message_pdf
from bot.documents.notice import notice_docx, notice_html, notice_pdf, notice_txt
from bot.documents.notification import notification_docx, notification_pdf
from bot.documents.register import register_pdf

__all__ = [
    "breach_log_ods",
    "breach_log_pdf",
    "deadlines_ics",
    "message_docx",
    "message_pdf",
    "notice_docx",
    "notice_html",
    "notice_pdf",
    "notice_txt",
    "notification_docx",
    "notification_pdf",
    "register_pdf",
]
