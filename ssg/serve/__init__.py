"""The preview: the output folder over HTTP, on this machine alone, built again on every change.

Nothing is imported here: who watches without a server does not load one.
"""
