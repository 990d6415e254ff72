"""What the demo shows: the district's real programme and funds, and invented people and firms, marked as such."""
