"""A whole season of the award, lived again through the pages people use, at the dates it had.

`python3 dev.py season` starts the real web and worker processes on a data folder of its own, sets the clock to the
spring of 2023 and lets everybody do their part over HTTP. Nothing here reaches into the database.
"""
