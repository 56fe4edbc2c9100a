"""What every capability uses: commands, query context, search, saved filters, output files."""
