"""Golden stored facts: one file for each topic, as the log keeps it. From release 0.1 on none ever changes."""
