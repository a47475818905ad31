"""What the event store promises."""
