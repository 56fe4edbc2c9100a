"""One action of a plan: everything that the plan and the work know of it."""
