"""What the product knows: indicators, editions, areas, measures and rules. Pure; imports nothing of ours."""
