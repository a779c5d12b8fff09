"""Every number of the product: one function each, over the tables of `facts.load`."""
