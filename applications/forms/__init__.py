"""What input means, a step a file. Nothing is required here: `missing()` judges completeness."""
