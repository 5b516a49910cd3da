"""One person's data over all rooms: told, corrected, given along, erased, let go in time; and the requests for it."""
