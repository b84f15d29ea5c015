"""A sealed contract as people are handed it: tables, PDF, DOCX, XLSX, CSV, in both languages."""
