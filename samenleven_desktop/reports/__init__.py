"""Reports: data is turned into a document of plain objects, and a writer turns the document into a file."""
