"""From the opening to the last letter of reference: how people apply, and what is done to them and to the product."""
