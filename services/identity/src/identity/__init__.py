"""Who may act: units with their history, accounts, and rights with their scope."""
