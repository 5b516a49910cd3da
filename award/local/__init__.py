"""Everything on one machine: PostgreSQL, the object store, the web server and the job worker under one supervisor.

`python -m award.local --port 8000` starts them all. On many machines none of this is used: DATABASE_URL and S3_ENDPOINT
point elsewhere, and web and worker processes are started by whatever runs there.
"""

from award.local.postgres import Postgres, start_postgres

__all__ = ["Postgres", "start_postgres"]
