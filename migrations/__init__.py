"""How the database came to be what it is: one file a revision, applied by `bot.schema`."""
