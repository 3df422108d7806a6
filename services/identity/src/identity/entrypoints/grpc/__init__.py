"""RPCs that catalog, submission, signing and notify call."""
