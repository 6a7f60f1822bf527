"""Addresses of plans and project boards."""

from django.urls import path

from headway.desk.plans import board_views, following, views

app_name = "plans"
urlpatterns = [
    path("support/plans/<number:pk>/", views.plan, name="plan"),
    path("support/plans/<number:pk>/objectives/new/", views.add_objective, name="add_objective"),
    path("support/plans/<number:pk>/review/", views.review, name="review"),
    path("support/plans/<number:pk>/close/", views.close, name="close"),
    path("support/objectives/<number:pk>/path/", views.draw_path, name="draw_path"),
    path("support/objectives/<number:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("support/objectives/<number:pk>/actions/new/", views.promise, name="promise"),
    path("support/plan-actions/<number:pk>/", views.finish, name="finish"),
    path("support/engagements/<number:pk>/follow/", following.follow, name="follow"),
    path("support/out-of-order/", views.out_of_order, name="out_of_order"),
    path("support/boards/<number:pk>/", board_views.board, name="board"),
    path("support/boards/<number:pk>/seat/", board_views.seat, name="seat"),
    path("support/boards/<number:pk>/call/", board_views.call, name="call"),
    path("support/boards/<number:pk>/end/", board_views.end, name="end"),
    path("support/board-members/<number:pk>/", board_views.unseat, name="unseat"),
    path("support/sittings/<number:pk>/paper/", board_views.paper, name="paper"),
    path("support/sittings/<number:pk>/sent/", board_views.send_papers, name="send_papers"),
    path("support/sittings/<number:pk>/minutes/", board_views.minute, name="minute"),
    path("support/sittings/<number:pk>/actions/new/", board_views.ask, name="ask"),
    path("support/board-actions/<number:pk>/", board_views.answer, name="answer"),
    path("schools/<number:urn>/plans/", views.of_school, name="of_school"),
    path("schools/<number:urn>/plans/new/", views.begin, name="begin"),
    path("schools/<number:urn>/boards/new/", board_views.open_board, name="open_board"),
]
