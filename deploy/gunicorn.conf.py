"""One gevent worker carries a hall: thousands of open streams cost a queue each, not a thread.

Several workers need PostgreSQL and Redis: SQLite has one writer and the in-process bus one process.
"""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gevent"
workers = int(os.environ.get("WEB_PROCESSES", "1"))
worker_connections = 10_000
backlog = 2048
timeout = 60
graceful_timeout = 3
keepalive = 30
accesslog = None
loglevel = "warning"
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
