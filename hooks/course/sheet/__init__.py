"""Questions out to a spreadsheet and back in.

`parts` turns a question into the rows of a sheet and back; `layout` says which columns there are;
`table`, `csv_file` and `xlsx_file` read and write the files, whose content nobody vouches for;
`rows` makes questions of a table, `merge` brings them together with those of the course, and
`exchange` does the whole: course -> file, file -> changes.
"""
