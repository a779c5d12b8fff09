"""What changed: one period against another, and weekly series under watch."""
