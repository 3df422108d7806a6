"""`make k8s-test`: one machine as a whole cluster, in namespaces of its own, and the chart at work in it."""
