"""Whether the read models in use are what the log says, row by row and across the views."""
