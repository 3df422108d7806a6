"""Messages to people, in the portal at once and by e-mail; thin events to other systems."""
