"""Tests of everything; read conftest.py first.

Thousands of tests make much that lives on, and little of it in circles: looking for those is put off.
"""

import gc

gc.set_threshold(20_000, 20, 20)
