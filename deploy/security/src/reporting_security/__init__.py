"""Security of what the project is made of: its own code, and what it takes from others."""
