"""What the templates of judging can use."""
