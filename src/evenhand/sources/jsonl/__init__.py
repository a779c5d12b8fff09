"""Evenhand JSONL: one conversation a line, plain or gzip. The format is in docs/import-format.md.

`reader.read` reads it, `writer.line` writes it, `sniff.looks_like` tells it from other files.
"""
