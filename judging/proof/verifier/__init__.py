"""The offline verifier, in parts. What goes into the evidence is one file of all of them: `one_file.assembled()`.

It imports nothing of the house, and computes everything again in its own way.
"""
