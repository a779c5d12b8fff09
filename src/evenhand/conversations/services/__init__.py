"""All writes of this room, one short transaction each."""
