"""Mesa's face of a community: leaders as agents, their company, and their ties as a network.

- cooperation: the Mesa model of one community
- replicate: which community a model plays: the key of its luck
- leader: a leader as a Mesa agent, who may choose for themselves
- views: attributes that are views of a leader's row in the state
- last_measures: the measures of the last round as attributes of a model
- round_collector: Mesa's data collector, all measures of a round at once
- graph: ties as a graph of networkx's
- network: ties as a space of Mesa's
- batch_agents: leaders of the user's own classes, in a batch too
- plain: the model once more, one object per leader
"""
