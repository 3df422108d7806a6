"""What is read: by people in their own province, by other services as a copy."""
