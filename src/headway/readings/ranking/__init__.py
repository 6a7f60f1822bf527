"""Who stands where and who improved most, with how sure that is; and whether a claim about it may be made."""
