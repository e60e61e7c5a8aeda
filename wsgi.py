"""Where web server, worker and commands find the application."""

import sys

from app import create_app
from config import ConfigurationError

try:
    app = create_app()
except ConfigurationError as error:
    sys.exit(f"Thementisch startet nicht: {error}")
