"""Digital signatures: requests, signed files, numbers and their register, verification."""
