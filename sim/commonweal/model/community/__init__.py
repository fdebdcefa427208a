"""Communities: who the leaders are and how they are tied, before the first round. One file per kind."""
