"""Reads a contract that somebody gives: pasted text, PDF, DOCX or TXT, none of which is trusted.

`read` recognises the file by its bytes, reads it in a process of its own (`isolated`) and gives its
paragraphs; what cannot be read is refused with a sentence (`texts`). Nothing is kept, executed or fetched.
"""

from bot.uploads.reader import MOST_BYTES, paste, read
from bot.uploads.refusal import Reason, Refused

__all__ = ["MOST_BYTES", "Reason", "Refused", "paste", "read"]
