"""`python -m newsearch.cli`."""

from newsearch.cli import main

main()
