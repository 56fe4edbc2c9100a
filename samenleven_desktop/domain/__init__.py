"""The rules and concepts of the plan in plain Python; knows nothing of Qt, SQL or files."""
