"""Aid: a place kept in the import contract; its rooms come later."""
