"""The compiled driver: the rules of the talks over arrays, run after run, to the last bit like the agents."""
