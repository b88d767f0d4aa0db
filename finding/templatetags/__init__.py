"""What the templates of lists can use."""
