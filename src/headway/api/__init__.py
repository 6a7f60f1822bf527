"""The interface for programs, /api/v1/: thin endpoints over readings and strategies, the viewer decided by the token's person."""
