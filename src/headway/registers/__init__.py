"""Session marks of pupils: taken in, kept in a protected folder, counted. One byte a session is the truth; all else is derived from it."""
