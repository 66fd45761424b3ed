"""Tables that people send in or take home: CSV and XLSX, read with limits and written without formulas."""
