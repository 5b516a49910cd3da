"""Everything that is true of an award without a judge. pyproject.toml lists its rooms from the top down."""
