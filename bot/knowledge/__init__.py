"""What the law and the practice say: the typed, validated form of `knowledge/*.yml`."""

from bot.knowledge.files import KnowledgeError
from bot.knowledge.loader import load
from bot.knowledge.model import Activity, Entry, Knowledge, Measure, Question

__all__ = ["Activity", "Entry", "Knowledge", "KnowledgeError", "Measure", "Question", "load"]
