"""What runs: the command line, the services, and where settings become objects."""
