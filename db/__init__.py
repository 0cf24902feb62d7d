"""The database: models, every reading SELECT, engines and migrations."""
