"""A person's own account, and the administrators' page of people."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts import actions
from headway.desk.accounts.access import needs
from headway.desk.accounts.forms import InviteForm, RolesForm
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import explained, other_administrators, patch_of, people, roles_of
from headway.desk.accounts.rules import faults_of_change


@needs(Permission.OWN_ACCOUNT)
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    user = request.user
    return render(
        request, "accounts/account.html", {"roles": sorted(roles_of(user)), "patch": patch_of(user), "explained": explained(user)}
    )


@needs(Permission.OWN_ACCOUNT)
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    actions.sign_out_everywhere(by=request.user.label, user=request.user)
    logout(request)
    return redirect("account_login")


@needs(Permission.MANAGE_ACCOUNTS)
@require_GET
def everyone(request: HttpRequest) -> HttpResponse:
    found = people()
    never = sum(one.last_login is None for one in found if one.is_active)
    return render(request, "accounts/people.html", {"people": found, "never": never})


@needs(Permission.MANAGE_ACCOUNTS, recently=True)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if form.is_valid():
        user = actions.invite(by=request.user.label, **form.cleaned_data)
        messages.success(request, f"{user} can now set a password through “Forgotten password” and sign in.")
        return redirect("accounts:people")
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.is_bound else 200)


@needs(Permission.MANAGE_ACCOUNTS, recently=True)
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    form = RolesForm(request.POST or None, initial=_held(user))
    if form.is_valid() and not _refused(request, form, user, user.is_active):
        actions.set_roles(by=request.user.label, user=user, **form.cleaned_data)
        messages.success(request, f"The roles of {user} are changed.")
        return redirect("accounts:people")
    return render(request, "accounts/person.html", {"form": form, "person": user}, status=422 if form.is_bound else 200)


@needs(Permission.MANAGE_ACCOUNTS, recently=True)
@require_POST
def active(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    wanted = request.POST.get("active") == "yes"
    faults = faults_of_change(roles_of(user), wanted, other_administrators(user))
    if not faults:
        actions.set_active(by=request.user.label, user=user, active=wanted)
    for fault in faults:
        messages.error(request, fault)
    return redirect("accounts:people")


def _refused(request: HttpRequest, form: RolesForm, user: User, is_active: bool) -> bool:
    faults = faults_of_change(form.cleaned_data["roles"], is_active, other_administrators(user))
    for fault in faults:
        form.add_error(None, fault)
    return bool(faults)


def _held(user: User) -> dict[str, object]:
    return {"roles": sorted(roles_of(user)), "whole_area": user.whole_area, "urns": " ".join(map(str, sorted(patch_of(user) or ())))}
