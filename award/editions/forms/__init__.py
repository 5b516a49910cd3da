"""What organisers type, as typed values or as messages beside the fields."""
