"""The workbench in a browser window on this machine: the command itself, served to it."""
