"""The front doors: Discord, the same bot in a browser page, and a terminal."""
