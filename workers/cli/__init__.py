"""The command line: one module a group of commands, imported only as far as they are used."""
