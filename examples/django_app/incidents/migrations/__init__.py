"""The tables of this application; the library makes its own."""
