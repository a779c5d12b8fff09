"""Where conversations come from: one folder a kind of source, all alike; records, not models.

Each kind has `reader.read(stream, *, start, limits)`, which yields one `ConversationRecord` or one
`BadRow` for every record of the file, and `sniff.looks_like(head)`, which tells the kind from the
beginning of a file. `registry` names the kinds and opens files.
"""
