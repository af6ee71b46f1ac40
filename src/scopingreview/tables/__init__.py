"""What a review found, as tables for a paper: values in, values out."""
