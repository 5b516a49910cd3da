"""A paper as data becomes PDF and DOCX, a table XLSX and CSV. Knows no edition, no entry and no person."""
