"""Finding a form's table again in a filled copy of its workbook, and reading its figures."""
