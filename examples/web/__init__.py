"""A newsroom's search page with Flask: `flask --app examples.web run`; see README.md beside it."""

from examples.web.app import create_app

__all__ = ["create_app"]
