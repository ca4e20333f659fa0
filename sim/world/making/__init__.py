"""How the shipped tables are made from the source data; not needed to run the model."""
