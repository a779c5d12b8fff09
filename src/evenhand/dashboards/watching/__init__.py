"""Weekly series under watch, and the notices when one is no longer as it used to be."""
