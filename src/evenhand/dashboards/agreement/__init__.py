"""How far reviewers agree, on one page: by category, by reviewer, and where they lie farthest apart."""
