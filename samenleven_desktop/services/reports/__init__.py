"""Reports: their kinds, data, preview, batches and printing."""
