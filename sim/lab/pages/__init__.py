"""What a browser shows. Nothing is decided here, and nothing outside this room imports the user interface."""
