"""The door to registers: what schools, groups and pupils have missed, who met the threshold, who needs somebody to look.

Registers are a protected source. A viewer must be named who may see pupils; a patch sees its own schools; each reading is written down.
"""
