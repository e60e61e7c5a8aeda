"""Disclosure control: which cells of a table may be published, so that no secret one can be worked out from the rest.

`table` says what is secret by itself, `protect` adds what must go with it, `room` measures what is still open,
`attack` looks at the result as a stranger would, `equations` and `quantities` say which figures hang together.
"""
