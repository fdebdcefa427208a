"""Dashboard: a page to play with, in a browser on this machine. Needs the extra `dashboard`."""
