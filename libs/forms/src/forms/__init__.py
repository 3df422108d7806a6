"""Forms of reports: their model, formulas, validation and workbooks. No database, network or clock."""
