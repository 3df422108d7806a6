"""Small local servers that stand in for what a province has elsewhere: mail, traces, time stamps, files."""
