"""Addresses of day one."""

from django.urls import path

from headway.desk.day_one import return_views, views

app_name = "day_one"
urlpatterns = [
    path("returns/", return_views.several, name="returns"),
    path("", views.batches, name="batches"),
    path("categories/", views.categories, name="categories"),
    path("<number:pk>/", views.batch, name="batch"),
    path("<number:pk>/columns/", views.match, name="match"),
    path("<number:pk>/faults.csv", views.faults_file, name="faults_file"),
    path("<number:pk>/load/", views.load, name="load"),
    path("<number:pk>/take-back/", views.undo, name="undo"),
]
