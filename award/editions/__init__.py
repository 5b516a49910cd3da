"""An edition's own rules as data, its calendar, who holds which office, and what two persons must both do."""
