"""The API, over real HTTP, store and database."""
