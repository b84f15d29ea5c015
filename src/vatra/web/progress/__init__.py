"""What became of the plan: indicators, tasks, spending, alerts, the yearly report."""
