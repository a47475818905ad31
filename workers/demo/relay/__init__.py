"""The third entity of the large demo: it joins by a cutover, and lives a year of all that is unusual."""
