"""What is kept: sessions and models."""
