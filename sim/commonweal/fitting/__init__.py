"""Fitting: worlds that look like a community in what was seen of it, and what it would be worth to know more.

- prior: what is known of each number before anything was seen
- observed: what was seen, as arrays
- watch: a world played, and of it what was seen of the community
- summaries: what worlds and community are compared by
- town: a community, its history and its future, as overrides make them
- batches: simulations by number, kept on disk as they are done
- waves: sequential Monte Carlo: where to look for worlds that look alike
- adjust: regression adjustment: accepted worlds, each with its weight
- alike: how well the accepted worlds look like the community
- future: the accepted worlds under each strategy
- worth: what it would be worth to know a parameter, or what a survey asks
- rivals: what would change the answer
- folder: what a fit leaves on disk
- fit: the waves, and what is accepted of them
- report: what came of it, in words
- markup: its Markdown, and a page of it
- carry_out: all of it, from question to folder
- proof: simulation-based calibration
"""
