"""The example web app over real indexes, without a browser."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from examples.web import create_app
from newsearch import NewsIndex


@pytest.fixture
def client(samples: NewsIndex) -> FlaskClient:
    """A client of the app over the sample articles."""
    return create_app(samples).test_client()


@pytest.fixture
def newsroom(news: NewsIndex) -> FlaskClient:
    """A client of the app over the handful of articles of `tests.support.story`."""
    return create_app(news).test_client()
