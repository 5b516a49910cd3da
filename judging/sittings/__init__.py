"""A meeting of the council: roll, agenda, secret votes on devices and on paper, minutes."""
