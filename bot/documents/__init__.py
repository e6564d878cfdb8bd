"""What a practice takes away as files: its register and plan of action, its notices, the papers of breaches,
requests, suppliers and impact assessments.

All is pure: data in, bytes out.
"""

from bot.documents.assessment import assessment_docx, assessment_pdf
from bot.documents.breach_log import breach_register
from bot.documents.calendar_file import deadlines_ics, request_deadlines_ics
from bot.documents.log import Register
from bot.documents.message import message_docx, message_pdf
from bot.documents.notice import notice_docx, notice_html, notice_pdf, notice_txt
from bot.documents.notification import notification_docx, notification_pdf
from bot.documents.pia_file import pia_json
from bot.documents.register import register_pdf
from bot.documents.request_letter import request_letter_docx, request_letter_pdf
from bot.documents.request_log import request_register
from bot.documents.screening import screening_docx, screening_pdf
from bot.documents.supplier_list import supplier_list_ods, supplier_list_pdf
from bot.documents.supplier_papers import NothingToAsk, amendment_docx, amendment_pdf, letter_docx, letter_pdf

__all__ = [
    "NothingToAsk",
    "Register",
    "amendment_docx",
    "amendment_pdf",
    "assessment_docx",
    "assessment_pdf",
    "breach_register",
    "deadlines_ics",
    "letter_docx",
    "letter_pdf",
    "message_docx",
    "message_pdf",
    "notice_docx",
    "notice_html",
    "notice_pdf",
    "notice_txt",
    "notification_docx",
    "notification_pdf",
    "pia_json",
    "register_pdf",
    "request_deadlines_ics",
    "request_letter_docx",
    "request_letter_pdf",
    "request_register",
    "screening_docx",
    "screening_pdf",
    "supplier_list_ods",
    "supplier_list_pdf",
]
