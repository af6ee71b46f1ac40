"""What several benchmarks need. Nothing in this folder is run by itself."""
