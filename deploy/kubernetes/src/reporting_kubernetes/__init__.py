"""A real Kubernetes on one machine, built from its published modules, for the chart's checks."""
