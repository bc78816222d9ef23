"""The desk: a small web application on `workflow`, as a host would write it.

`python -m examples.desk` starts it. How it is built: README.md beside this file.
"""
