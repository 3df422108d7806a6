"""Units, accounts, grants, and who may change them: pure rules."""
