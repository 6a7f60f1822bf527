"""Every address of the site."""

from django.urls import include, path

from headway.site import sign_in
from headway.site.failures import bad_request, not_allowed, not_found, our_fault

urlpatterns = [
    path("api/v1/", include("headway.api.urls")),
    path("account/", include("headway.desk.accounts.urls")),
    path("sign-in/", include(sign_in.urlpatterns)),
    path("", include("headway.desk.visits.urls")),
    path("", include("headway.desk.tiers.urls")),
    path("", include("headway.desk.moderation.urls")),
    path("", include("headway.desk.self_evaluation.urls")),
    path("boards/", include("headway.desk.boards.urls")),
    path("", include("headway.desk.attendance.urls")),
    path("", include("headway.desk.engagements.urls")),
    path("", include("headway.desk.contacts.urls")),
    path("", include("headway.desk.interests.urls")),
    path("", include("headway.desk.fairness.urls")),
    path("glass/", include("headway.desk.glass.urls")),
    path("", include("headway.desk.plans.urls")),
    path("", include("headway.desk.duties.urls")),
    path("wellbeing/", include("headway.desk.wellbeing.urls")),
    path("support/day-one/", include("headway.desk.day_one.urls")),
    path("brokerage/", include("headway.desk.brokerage.urls")),
    path("", include("headway.desk.evidence_library.urls")),
    path("learning/", include("headway.desk.learning.urls")),
    path("networks/", include("headway.desk.networks.urls")),
    path("", include("headway.desk.publication.urls")),
    path("", include("headway.desk.entitlements.urls")),
    path("groups/", include("headway.desk.groups.urls")),
    path("alerts/", include("headway.desk.alerts.urls")),
    path("documents/", include("headway.desk.documents.urls")),
    path("scrutiny/", include("headway.desk.scrutiny.urls")),
    path("consultations/", include("headway.desk.consultation.urls")),
    path("strategy/", include("headway.desk.strategy.urls")),
    path("", include("headway.desk.comparisons.urls")),
    path("", include("headway.desk.value_added.urls")),
    path("", include("headway.desk.overview.urls")),
]

handler400 = bad_request
handler403 = not_allowed
handler404 = not_found
handler500 = our_fault
