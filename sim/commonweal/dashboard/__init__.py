"""Dashboard: a page to play with, in a browser on this machine. Needs the extra `dashboard`.

- serve: the server, which asks nobody on the network
- guard: who is answered, and how many at a time
- page: the page, made of the five that follow
- invitation: a question, seven cards, a guess, and one sentence of answer
- choices: community, scenario, budget, one's own leaders, two portfolios
- money: the user's own money
- watch: one community, month by month
- against: both portfolios against doing nothing
- take_along: the setting as a command and as conf, and past studies
- setting: what is chosen, as worlds, as a command and as conf
- story: one community, month by month, as a browser moves it
- picture: what is drawn of a community, as plain values
- ensemble: replicates computed live, and their effects
- past: studies that lie in folders of results
- upload: the user's files, kept and read but never executed
- pieces: drawings and controls, each a small Vue template
"""
