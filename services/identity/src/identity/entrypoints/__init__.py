"""REST for people and programs, gRPC for other services; both translate and do nothing else."""
