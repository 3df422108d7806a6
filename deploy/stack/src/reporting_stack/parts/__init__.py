"""The parts of the stack: each module prepares one of them and says how it is started."""
