"""The one door: the desk, the command line and notebooks ask here, and only here, one question a module.

door = open_door(home)             the current snapshot of a workspace
profile(door, urn, viewer)         a school's page                     → Profile
area(door, code, viewer)           an authority's page                 → Area
schools(door, viewer, …)           the list, filtered                  → list[SchoolRow]
trend(door, …)  compare(door, …)   one measure over years or places
distribution(door, …)              a measure's schools in one year     → Distribution
side_by_side(door, viewer, …)      schools × measures, and who differs → SideBySide
family(door, urn, viewer)          who is similar, and why           → Family
ambitions.verdicts(door, viewer, …) where each promise stands      → list[Answer]
group_series(door, urns, …)        the mean of a group of schools      → GroupSeries
partners(door, family, viewer, …)  who of them does better            → Partners
search(door, text, viewer)         schools by name, URN or postcode    → list[Hit]
explain(door, …)                   how a number came about             → Explanation
files(door, viewer)                what was landed, and its checks     → list[SourceRow]
coming(today)                      the calendar                        → list[Coming]
"""
