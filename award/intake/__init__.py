"""The desk for works that come by post, by hand, by e-mail or on a disk, and its ledger without gaps."""
