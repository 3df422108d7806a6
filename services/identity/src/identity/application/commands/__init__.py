"""What changes units, accounts and rights."""
