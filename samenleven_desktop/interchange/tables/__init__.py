"""Tables of a person's files: read from xlsx, xls, ods and csv, written as xlsx, ods and csv."""
