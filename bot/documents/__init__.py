"""What a practice takes away with it: its register and plan of action as files."""

from bot.documents.register import register_pdf

__all__ = ["register_pdf"]
