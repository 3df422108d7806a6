"""Container images: made, measured, listed and tested with podman."""
