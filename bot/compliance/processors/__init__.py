"""Suppliers and their contracts (RGPD art. 26, 28, 44; CSP L. 1111-8): who is what, what is missing.

All is pure: the answers and what was found in a text are arguments.
`suppliers` lists them, `Review` reads one.
"""

from bot.compliance.processors.contract import Contract, Finding, Paragraph, Passage
from bot.compliance.processors.review import Review
from bot.compliance.processors.suppliers import Supplier, suppliers

__all__ = ["Contract", "Finding", "Paragraph", "Passage", "Review", "Supplier", "suppliers"]
