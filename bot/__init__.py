"""Vigie, the RGPD assistant of self-employed health practitioners."""
