"""Mesa's face of a community: leaders as agents, their company, and their ties as a network."""
