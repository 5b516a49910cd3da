"""What was sent: its state, quota and light versions, and every address under which bytes are read."""
