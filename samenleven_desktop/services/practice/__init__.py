"""The practice file: real plan and governments, invented work."""
