"""Turn a written response plan into a running case."""
