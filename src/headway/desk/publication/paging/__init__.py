"""The public pages as papers, data files and stored HTML. Pure: from the one door and plain values of the desk."""
