"""What every noun of the desk shows its pages with: the open door, the frame, templates, tables to take away. Owns nothing."""
