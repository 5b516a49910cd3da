"""The desk of the ceremony: who is there, who takes a certificate for whom, what was signed for."""
