"""Executors: where work is done. Any concurrent.futures.Executor will do; conf/executor names those that come along."""
