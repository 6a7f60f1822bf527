"""Who may read what heads write of themselves. No database here."""

from collections.abc import Container

from headway.desk.accounts.permissions import Permission

DECIDES = (
    Permission.WRITE_SUPPORT, Permission.SEE_TIERS, Permission.DECIDE_TIERS, Permission.HEAR_APPEALS, Permission.SEE_ENGAGEMENTS,
    Permission.LEAD_ENGAGEMENTS, Permission.VIEW_AUDIT,
)  # fmt: skip


def may_listen(held: Container[Permission]) -> bool:
    """Only somebody who may read these, and has no part in deciding about schools: not even one who was given both roles by mistake."""
    return Permission.SEE_WELLBEING in held and not any(one in held for one in DECIDES)
