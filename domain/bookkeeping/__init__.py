"""How facts are booked: the chart of accounts and the posting rules."""
