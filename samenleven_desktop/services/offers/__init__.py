"""Partner offers, their use towards KPIs, and advice."""
