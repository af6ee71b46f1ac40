"""The full-screen workbench: how a record is shown and how an act asks; `work` has the acts."""
