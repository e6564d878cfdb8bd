"""What is raised when a text answers nothing."""

from __future__ import annotations


class Misunderstood(ValueError):
    """What was said is no answer to the question; its argument names the reason.

    Reasons: `empty`, `choice`, `exclusive`, `bool`, `number`, `duration`, `date`, `no_such_date`,
    `vendor`, `long`.
    """
