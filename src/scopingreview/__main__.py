"""`python -m scopingreview` is the command `scopingreview`."""

from scopingreview.cli import main

main()
