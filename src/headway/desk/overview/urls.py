"""Addresses of the pages about an area, its schools and its measures."""

from django.urls import path, re_path

from headway.desk.overview import downloads, everything, family, forecasts, holding, homes, measure_files, my_schools, ranking, story, views

urlpatterns = [
    path("", homes.home, name="home"),
    path("overview/", views.overview, name="overview"),
    path("my-day/", homes.my_day, name="my_day"),
    path("my-schools/", my_schools.my_schools, name="my_schools"),
    re_path(r"^my-schools/as-seen\.(?P<form>csv|xlsx)$", my_schools.my_schools_file, name="my_schools_file"),
    path("schools/", views.school_list, name="schools"),
    re_path(r"^schools/as-seen\.(?P<form>csv|xlsx)$", downloads.schools, name="schools_file"),
    path("schools/<number:urn>/", views.school_page, name="school"),
    re_path(r"^schools/(?P<urn>[0-9]{6})\.(?P<form>csv|xlsx)$", downloads.school, name="school_file"),
    path("schools/<number:urn>/held/", holding.held, name="held"),
    path("schools/<number:urn>/story/", story.story, name="story"),
    re_path(r"^schools/(?P<urn>[0-9]{6})/everything\.zip$", everything.everything, name="everything"),
    path("schools/<number:urn>/governing/", homes.governing, name="governing"),
    path("schools/<number:urn>/family/", family.family_page, name="family"),
    re_path(r"^schools/(?P<urn>[0-9]{6})/family\.(?P<form>csv|xlsx)$", family.family_file, name="family_file"),
    path("schools/<number:urn>/explain/<str:measure>/<start:start>/", views.explain_school, name="explain_school"),
    re_path(
        r"^explain/(?P<level>authority|region|england)/(?P<place>(?:neighbours:)?[A-Z0-9]+)/(?P<measure>[a-z0-9_.]+)/(?P<start>(?:19|20|21)[0-9]{2})/$",
        views.explain_place,
        name="explain_place",
    ),
    path("forecasts/", forecasts.calibration_page, name="calibration"),
    re_path(r"^forecasts\.(?P<form>csv|xlsx)$", forecasts.calibration_file, name="calibration_file"),
    path("measures/<str:measure>/forecast/", forecasts.forecast_page, name="forecast"),
    path("measures/", views.measure_list, name="measures"),
    path("measures/<str:measure>/", views.measure_page, name="measure"),
    path("improved/", ranking.most_improved, name="most_improved"),
    path("measures/<str:measure>/improved/", ranking.improved_page, name="improved"),
    path("measures/<str:measure>/places/", ranking.standing_page, name="standing"),
    re_path(r"^measures/(?P<measure>[a-z0-9_.]+)/improved\.(?P<form>csv|xlsx)$", downloads.improved, name="improved_file"),
    re_path(r"^measures/(?P<measure>[a-z0-9_.]+)/gaps\.(?P<form>csv|xlsx)$", downloads.gaps, name="gaps_file"),
    re_path(r"^measures/(?P<measure>[a-z0-9_.]+)/schools\.(?P<form>csv|xlsx)$", measure_files.schools, name="measure_file"),
    re_path(r"^measures/(?P<measure>[a-z0-9_.]+)/groups\.(?P<form>csv|xlsx)$", measure_files.groups, name="groups_file"),
    re_path(r"^measures/(?P<measure>[a-z0-9_.]+)/parts\.(?P<form>csv|xlsx)$", measure_files.parts, name="parts_file"),
    re_path(r"^measures/(?P<measure>[a-z0-9_.]+)/places\.(?P<form>csv|xlsx)$", measure_files.places, name="standing_file"),
    path("map/", views.map_page, name="map"),
    path("data/", views.data_page, name="data"),
    path("data/loads/<str:name>/", views.report_page, name="report"),
    path("search/", views.search, name="search"),
]
