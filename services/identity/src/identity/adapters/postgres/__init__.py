"""Units, accounts and grants in identity's own database."""
