"""Executors: where work is done. Any concurrent.futures.Executor will do; conf/executor names those that come along,
a file each.

- executor: what every place of work has in common
"""
