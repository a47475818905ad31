"""How decisions are made: rules, quorum, majorities and counts."""
