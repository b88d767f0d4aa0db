"""What the templates of the form can use."""
