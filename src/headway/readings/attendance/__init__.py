"""The door to registers: what schools, groups and pupils have missed, who met the threshold, who needs somebody to look.

Registers are a protected source. Pupils are shown to a named viewer who may see them; another named viewer gets schools and counts, and
none of few (`few`); everybody gets large phases, where the area has decided so (`phases`). A patch sees its own schools; each reading is
written down.
"""
