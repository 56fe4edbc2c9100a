"""Reports: data becomes a document of plain objects, a writer turns the document into a file."""
