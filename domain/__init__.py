"""What the cooperative may do: values, facts, rules and use cases, without any input or output."""
