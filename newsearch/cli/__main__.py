"""`python -m newsearch.cli`."""

from newsearch.start import main

main()
