"""Foreign formats: bytes to frozen records and back, without input or output."""
