"""The diagram: what it says, where that stands on paper, and the file it is drawn into."""
