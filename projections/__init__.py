"""What can be asked: read models that replay can rebuild."""
