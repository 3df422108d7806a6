"""The report as it will be printed and signed: text and tables, ready for typesetting."""
