"""What your score is worth: ten short pages for whoever reads a number, with pictures that are computed here."""
