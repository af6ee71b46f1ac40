"""What a review found, as pictures for a paper: values in, values out."""
