"""Decision rules: when does an agenda pass? One file each."""
