"""Addresses of attendance."""

from django.urls import path, register_converter

from headway.desk.attendance import (
    cases,
    digest,
    early,
    loading,
    meetings,
    missing,
    notices,
    on_no_roll,
    plans,
    proof,
    recovery,
    rights,
    school,
    sharing,
    statutory,
    views,
)

app_name = "attendance"


class _Text:
    """A part of an address that fits its pattern, as text."""

    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


for _name, _pattern in (
    ("pupil_key", "[0-9a-f]{32}"), ("table_form", "csv|xlsx"), ("paper_form", "docx|pdf"),
    ("flag", "severe|drop|fall|drifting|transition|monday|friday|before_holiday|after_holiday|siblings|codes"),
    ("flagged", "[0-9A-Za-z_]{1,32}"), ("token", "[0-9a-f]{32}"), ("shape", "[a-z_]{1,20}"),
    ("shut_as", "declined|cancelled"), ("letter_kind", "[a-z]{1,20}"),
):  # fmt: skip
    register_converter(type(_name, (_Text,), {"regex": _pattern}), _name)

urlpatterns = [
    path("attendance/", views.monday, name="monday"),
    path("attendance/schools.<table_form:form>", views.schools_file, name="schools_file"),
    path("attendance/proof/", proof.area, name="proof_area"),
    path("attendance/early/", early.early, name="early"),
    path("attendance/early.<table_form:form>", early.early_file, name="early_file"),
    path("attendance/early/year-end/", early.year_end, name="year_end"),
    path("attendance/load/", loading.load, name="load"),
    path("attendance/load/template-<shape:shape>.csv", loading.template, name="template"),
    path("attendance/load/<token:token>/", loading.match, name="match"),
    path("attendance/load/<token:token>/report/", loading.load_report, name="load_report"),
    path("attendance/load/<token:token>/faults.csv", loading.load_faults, name="load_faults"),
    path("attendance/meetings/", meetings.meetings, name="meetings"),
    path("attendance/meetings/<number:pk>/", meetings.meeting, name="meeting"),
    path("attendance/meetings/<number:pk>/day/", meetings.day, name="day"),
    path("attendance/meetings/<number:pk>/held/", meetings.hold, name="hold"),
    path("attendance/meetings/<number:pk>/action/", meetings.action, name="action"),
    path("attendance/meetings/<number:pk>/<shut_as:to>/", meetings.shut, name="shut"),
    path("attendance/meetings/actions/<number:pk>/close/", meetings.close_action, name="close_action"),
    path("attendance/plans/", plans.plans, name="plans"),
    path("attendance/plans/<number:pk>/", plans.plan, name="plan"),
    path("attendance/plans/<number:pk>/change/", plans.plan_change, name="plan_change"),
    path("attendance/plans/<number:pk>/end/", plans.plan_end, name="plan_end"),
    path("attendance/plans/<number:pk>/<letter_kind:kind>.<paper_form:form>", plans.letter, name="letter"),
    path("attendance/notices/", notices.considerations, name="considerations"),
    path("attendance/notices/<number:pk>/", notices.consideration, name="consideration"),
    path("attendance/notices/<number:pk>/issue/", notices.issue, name="issue"),
    path("attendance/notices/<number:pk>/improve/", notices.improve, name="improve"),
    path("attendance/notices/issued/<number:pk>/", notices.notice, name="notice"),
    path("attendance/periods/<number:pk>/", notices.period, name="period"),
    path("attendance/returns/", statutory.returns, name="returns"),
    path("attendance/returns/<number:pk>/", statutory.one_return, name="return"),
    path("attendance/returns/<number:pk>/record/", missing.of_return, name="record_of_return"),
    path("attendance/missing/", missing.missing, name="missing"),
    path("attendance/missing/new/", missing.unplaced, name="unplaced"),
    path("attendance/missing/<number:pk>/", missing.record, name="record"),
    path("attendance/missing/<number:pk>/close/", missing.close, name="record_close"),
    path("attendance/missing/<number:pk>/step/", on_no_roll.step_new, name="record_step"),
    path("attendance/missing/<number:pk>/evidence.<paper_form:form>", on_no_roll.bundle, name="record_bundle"),
    path("attendance/missing/<number:pk>/right/", on_no_roll.right_new, name="record_right"),
    path("attendance/missing/<number:pk>/held.<paper_form:form>", on_no_roll.everything_held, name="record_held"),
    path("attendance/steps/", statutory.steps, name="steps"),
    path("attendance/steps/<number:pk>/", statutory.step, name="step"),
    path("attendance/cases.<table_form:form>", cases.cases_file, name="cases_file"),
    path("attendance/shared/", sharing.shared, name="shared"),
    path("attendance/shared/<number:pk>/", sharing.shared_one, name="shared_one"),
    path("attendance/shared/<number:pk>.<table_form:form>", sharing.shared_file, name="shared_file"),
    path("attendance/shared/<number:pk>/withdraw/", sharing.withdraw, name="withdraw"),
    path("attendance/shared/<number:pk>/destroyed/", sharing.destroyed, name="destroyed"),
    path("attendance/recovery/", recovery.recovery, name="recovery"),
    path("attendance/rights/", rights.rights, name="rights"),
    path("attendance/rights/<number:pk>/", rights.right, name="right"),
    path("attendance/rights/<number:pk>/lift/", rights.lift, name="lift"),
    path("attendance/shocks/", digest.shocks, name="shocks"),
    path("attendance/shocks/<number:pk>/archive/", digest.archive_shock, name="archive_shock"),
    path("attendance/everybody/", digest.for_all, name="for_all"),
    path("attendance/digest/", digest.digest, name="digest"),
    path("attendance/digest.<paper_form:form>", digest.digest_file, name="digest_file"),
    path("schools/<number:urn>/attendance/", school.school, name="school"),
    path("schools/<number:urn>/attendance.<table_form:form>", school.school_file, name="school_file"),
    path("schools/<number:urn>/attendance/proof/", proof.school_proof, name="proof"),
    path("schools/<number:urn>/attendance/proof.<table_form:form>", proof.proof_file, name="proof_file"),
    path("schools/<number:urn>/attendance/expectation/", views.official, name="official"),
    path("schools/<number:urn>/attendance/lead/", views.lead, name="lead"),
    path("schools/<number:urn>/attendance/meeting/", meetings.offer, name="offer"),
    path("schools/<number:urn>/attendance/agenda/", meetings.agenda, name="agenda"),
    path("schools/<number:urn>/attendance/agenda.<paper_form:form>", meetings.agenda_file, name="agenda_file"),
    path("schools/<number:urn>/attendance/return/", statutory.return_new, name="return_new"),
    path("schools/<number:urn>/attendance/missing/", missing.by_hand, name="missing_new"),
    path("schools/<number:urn>/attendance/pupils/", school.pupils, name="pupils"),
    path("schools/<number:urn>/attendance/pupils/<pupil_key:key>/", school.pupil, name="pupil"),
    path("schools/<number:urn>/attendance/pupils/<pupil_key:key>/plan/", plans.plan_new, name="plan_new"),
    path("schools/<number:urn>/attendance/pupils/<pupil_key:key>/referral/", sharing.referral, name="referral"),
    path("schools/<number:urn>/attendance/pupils/<pupil_key:key>/right/", rights.right_new, name="right_new"),
    path("schools/<number:urn>/attendance/pupils/<pupil_key:key>/held.<paper_form:form>", rights.everything_held, name="held"),
    path("schools/<number:urn>/attendance/pupils/share/", sharing.share_list, name="share_list"),
    path("schools/<number:urn>/attendance/pupils/<pupil_key:key>/record/", missing.of_pupil, name="record_of_pupil"),
    path("schools/<number:urn>/attendance/pupils/<pupil_key:key>/consider/", notices.consider, name="consider"),
    path("schools/<number:urn>/attendance/pupils/<pupil_key:key>/step/", statutory.step_new, name="step_new"),
    path("schools/<number:urn>/attendance/pupils/<pupil_key:key>/evidence.<paper_form:form>", statutory.bundle, name="bundle"),
    path("schools/<number:urn>/attendance/clear/<flag:flag>/<flagged:who>/", early.clear, name="clear"),
]
