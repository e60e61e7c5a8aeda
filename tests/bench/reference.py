"""The reference every figure is compared with: a bare Flask application on the same server settings."""

import os
import sqlite3
from pathlib import Path

from flask import Flask

app = Flask(__name__)
DATABASE = Path(os.environ["DATA_DIR"]) / "reference.sqlite"


def connect() -> sqlite3.Connection:
    """A connection with the application's durability."""
    connection = sqlite3.connect(DATABASE, isolation_level=None, timeout=15)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


with connect() as first:
    first.execute("CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, text TEXT)")
connection = connect()


@app.get("/hello")
def hello():
    """The least a route can do."""
    return "hello"


@app.post("/insert")
def insert():
    """One durable INSERT."""
    connection.execute("INSERT INTO entry (text) VALUES ('Es fehlt ein offener Treff.')")
    return "", 201
