"""The import payload of Zendesk QA (Klaus): `{"data": [ticket, ...]}`, or the bare list of tickets.

`reader.read` reads it and `sniff.looks_like` tells it from other files. How each field is taken is
in docs/import-format.md. The document may be of any size: records are cut out of it one by one.
"""
