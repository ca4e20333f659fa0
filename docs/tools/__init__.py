"""What a program writes into the pages of the documentation: parameters, doubtful cells, results of checks."""
