"""The commands that people type. Only this room prints, and only `main` leaves the program."""

from scopingreview.cli.app import main

__all__ = ["main"]
