"""newsearch: search for Indonesian regional news."""
