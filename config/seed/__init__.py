"""The demonstration's world: invented people in three cycles, made through the verbs of the product."""
