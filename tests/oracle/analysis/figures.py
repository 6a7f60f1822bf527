"""Figures as they were published, each read from its file with csv or pandas and typed here; never worked out by Headway.

measure, level, place, year's start, cut, value. Places: a URN, 330 for Birmingham, england. Decimals are the file's own.
"""

from headway.vocabulary.place import ENGLAND

Figure = tuple[str, str, str, int, str, float]
E, B = ENGLAND, "330"
KINGS_NORTON = "103562"  # a boys' school in Birmingham with a sixth form, in nearly every file
PRIMARY = "103221"  # a Birmingham primary school with 44 pupils in year 6 in 2017/18

# Local Authority Interactive Tool (2026), lait_bds_long, rows of England (970) and of Birmingham (330), state-funded schools
TOOL: list[Figure] = [
    (measure, level, place, year, cut, value)
    for measure, cut, year, england, birmingham in [
        ("attendance.overall_absence", "all", 2018, 4.73, 5.01),  # the national 4.7% for 2018/19, published 26 March 2020
        ("attendance.overall_absence", "all", 2022, 7.37, 8.03),
        ("attendance.persistent_absence", "all", 2018, 10.86, 12.31),
        ("attendance.severe_absence", "all", 2023, 2.30, 2.36),
        ("ks2.rwm_expected", "all", 2017, 65, 61),  # 64 with independent schools
        ("ks2.rwm_expected", "all", 2018, 65, 62),
        ("ks2.rwm_expected", "all", 2021, 59, 58),
        ("ks2.rwm_expected", "all", 2023, 61, 61),
        ("ks2.rwm_higher", "all", 2018, 11, 9),
        ("ks2.reading_score", "all", 2018, 104, 104),
        ("ks2.maths_score", "all", 2018, 105, 105),
        ("ks2.reading_progress", "all", 2018, 0.03, -0.09),
        ("ks2.writing_progress", "all", 2018, 0.03, -0.16),
        ("ks2.maths_progress", "all", 2018, 0.03, 0.33),
        ("ks1.reading_expected", "all", 2018, 75, 72),
        ("ks1.writing_expected", "all", 2018, 69, 67),
        ("ks1.maths_expected", "all", 2018, 76, 73),
        ("phonics.year1", "all", 2018, 82, 81),
        ("phonics.year1", "all", 2024, 80, 79),  # marked (prov) by the tool
        ("eyfs.gld", "all", 2023, 67.7, 65.0),
        ("ks4.attainment8", "all", 2018, 46.7, 46.6),
        ("ks4.attainment8", "all", 2021, 48.8, 48.5),
        ("ks4.progress8", "all", 2018, -0.03, 0.09),
        ("ks4.progress8", "all", 2023, -0.03, 0.06),
        ("ks4.basics_94", "all", 2018, 64.6, 61.9),
        ("ks4.basics_95", "all", 2018, 43.2, 42.5),
        ("ks4.ebacc_entry", "all", 2018, 40.0, 44.5),
        ("ks4.ebacc_aps", "all", 2018, 4.07, 4.10),
        ("ks5.alevel_points_per_entry", "all", 2018, 32.87, 32.37),
        ("exclusions.suspension_rate", "all", 2022, 9.33458, 7.42998),
        ("exclusions.permanent_rate", "all", 2022, 0.11121, 0.13788),
        ("post16.neet_or_not_known", "all", 2021, 4.7, 6.6),
        ("context.ehcp", "all", 2023, 4.8, 4.0),
        ("context.sen_support", "all", 2023, 13.6, 14.8),
        ("context.eal", "phase=primary", 2023, 22.8, 42.4),
        ("context.eal", "phase=secondary", 2023, 18.6, 37.9),
        ("looked_after.ks2_rwm_expected", "all", 2018, 37, 38),
        ("looked_after.ks4_attainment8", "all", 2023, 18.2, 18.4),
        ("looked_after.gld", "all", 2023, 39.9, 41),
        ("children_in_need.ks2_rwm_expected", "all", 2018, 35, 32),
        ("children_in_need.ks4_attainment8", "all", 2023, 17.9, 20.4),
        ("children_in_need.overall_absence", "all", 2023, 17.7, 17.4),
        ("children_in_need.good_level", "all", 2023, 38.3, 41.1),
        ("children_in_need.rate", "all", 2023, 331.2, 317.5),
        ("destinations.ks4_sustained", "all", 2023, 92.1, 90.5),  # leavers of 2021/22, whom the tool lists under 2022
    ]
    for level, place, value in (("england", E, england), ("authority", B, birmingham))
]

# performance tables, rows named by URN, LEA 330 (RECTYPE 4) and RECTYPE 7, NAT
TABLES: list[Figure] = [
    # ks2_2017-18 (trimmed), line 64
    ("ks2.rwm_expected", "school", PRIMARY, 2017, "all", 77),
    ("ks2.rwm_higher", "school", PRIMARY, 2017, "all", 14),
    ("ks2.reading_progress", "school", PRIMARY, 2017, "all", 1.7),
    ("ks2.writing_progress", "school", PRIMARY, 2017, "all", 1.3),
    ("ks2.maths_progress", "school", PRIMARY, 2017, "all", 3.4),
    ("ks2.reading_score", "school", PRIMARY, 2017, "all", 106),
    ("ks2.maths_score", "school", PRIMARY, 2017, "all", 107),
    # england_ks2_2012-13_selected_columns, line 1949 and RECTYPE 5
    ("ks2.levels_average", "school", PRIMARY, 2012, "all", 30.3),
    ("ks2.levels_progress_reading", "school", PRIMARY, 2012, "all", 92),
    ("ks2.levels_progress_maths", "school", PRIMARY, 2012, "all", 100),
    ("ks2.levels_average", "england", E, 2012, "all", 28.4),
    ("ks2.levels_progress_reading", "england", E, 2012, "all", 88),
    ("ks2.levels_progress_maths", "england", E, 2012, "all", 88),
    # england_ks4provisional 2017-18; Progress 8 of the school is 0.17 in the final file, 0.18 in this one
    ("ks4.basics_94", "school", KINGS_NORTON, 2017, "all", 75),
    ("ks4.basics_95", "school", KINGS_NORTON, 2017, "all", 61),
    ("ks4.ebacc_entry", "school", KINGS_NORTON, 2017, "all", 34),
    ("ks4.ebacc_aps", "school", KINGS_NORTON, 2017, "all", 4.34),
    # england_ks4-pupdest 2017-18, line 2237, LA and NAT
    ("destinations.ks4_sustained", "school", KINGS_NORTON, 2017, "all", 96),
    ("destinations.ks4_sustained", "school", KINGS_NORTON, 2017, "disadvantage=yes", 89),
    ("destinations.ks4_sustained", "authority", B, 2017, "all", 93),
    ("destinations.ks4_sustained", "england", E, 2017, "disadvantage=yes", 88),
    # england_ks5final 2016-17, line 828, line 859 and RECTYPE 7
    ("ks5.alevel_points_per_entry", "school", KINGS_NORTON, 2016, "all", 27.09),
    ("ks5.alevel_points_per_entry", "school", KINGS_NORTON, 2016, "disadvantage=yes", 21.46),
    ("ks5.alevel_points_per_entry", "authority", B, 2016, "disadvantage=yes", 26.45),
    ("ks5.alevel_points_per_entry", "england", E, 2016, "disadvantage=no", 31.79),
    # england_abs 2017-18, line 2839, NAT PRI and NAT SEC
    ("attendance.overall_absence", "school", KINGS_NORTON, 2017, "all", 4.8),
    ("attendance.persistent_absence", "school", KINGS_NORTON, 2017, "all", 11),
    # england_census 2017-18, line 1963; 2013-14, line 2939; 2010-11, line 396; 2012-13, NAT
    ("context.roll", "school", KINGS_NORTON, 2017, "all", 631),
    ("context.fsm", "school", KINGS_NORTON, 2017, "all", 12.8),
    ("context.fsm6", "school", KINGS_NORTON, 2017, "all", 28.2),
    ("context.eal", "school", KINGS_NORTON, 2017, "all", 9.8),
    ("context.sen_support", "school", KINGS_NORTON, 2017, "all", 19.3),
    ("context.ehcp", "school", KINGS_NORTON, 2017, "all", 1.4),
    ("context.ehcp", "school", KINGS_NORTON, 2012, "all", 3.1),  # statements; 11.1 with school action plus
    ("context.ehcp", "england", E, 2012, "phase=primary", 1.4),
    ("context.ehcp", "england", E, 2012, "phase=secondary", 1.9),
    ("context.sen_support", "school", KINGS_NORTON, 2012, "all", 9.2),
    ("context.fsm", "school", KINGS_NORTON, 2012, "all", 14.6),
    # england_swf 2017-18, line 2696, and NAT
    ("workforce.pupil_teacher_ratio", "school", KINGS_NORTON, 2017, "all", 15.2),
    ("workforce.mean_salary", "school", KINGS_NORTON, 2017, "all", 39978),
    ("workforce.pupil_teacher_ratio", "england", E, 2017, "phase=primary", 20.9),
    ("workforce.mean_salary", "england", E, 2017, "phase=secondary", 39762),
    # cfr_income_expenditure 2017-18, line 1854: -212146.83 of 3819129.33, and the roll of 631
    ("finance.in_year_balance_percent", "school", KINGS_NORTON, 2017, "all", -5.5548),
    ("finance.income_per_pupil", "school", KINGS_NORTON, 2017, "all", 6052.50),
]

# tidy files and the school profile's JSON
TIDY: list[Figure] = [
    # 201819_LA_characteristics_ks4_incl_sen (revised)
    ("ks4.attainment8", "england", E, 2018, "sex=girls", 49.6),
    ("ks4.attainment8", "authority", B, 2018, "sex=boys", 43.9),
    ("ks4.attainment8", "england", E, 2018, "eal=yes", 48.3),
    # exclusions_national_characteristics
    ("exclusions.suspension_rate", "england", E, 2016, "sex=boys", 6.91),
    ("exclusions.suspension_rate", "england", E, 2016, "fsm=yes", 12.54),
    ("exclusions.permanent_rate", "england", E, 2016, "sen=support", 0.35),
    # 1_eyfsp_headline_measures_2022
    ("eyfs.gld", "england", E, 2021, "eal=yes", 60.1),
    # LAPerformance.json and LAAbsence.json
    ("ks4.attainment8", "authority", B, 2024, "sex=girls", 48.6),
    ("ks4.basics_94", "authority", B, 2024, "disadvantage=yes", 52.9),
    ("ks4.basics_95", "authority", B, 2024, "sex=boys", 45.4),
]
