"""What protected stores share: papers first, a folder that only its owner opens, keyed numbers, who read, nothing told of a cell."""

PUPIL_RESULTS, REGISTERS = "pupil_results", "registers"  # the folders of a workspace that are protected
