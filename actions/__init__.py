"""The assistant's actions: each reads the tracker, calls `bot`, and answers."""
