"""Papers to print, send and keep: one model of blocks, written as HTML, Word, PDF/UA and a workbook. The same blocks give the same bytes.

Pure functions from a Paper to bytes; nothing here reads the store, the desk or the clock. What people typed is data to every writer:
escaped, never markup, a formula or code.
"""
