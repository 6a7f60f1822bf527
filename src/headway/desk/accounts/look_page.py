"""Choose as whom to look, and stop."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from headway.desk.accounts import looking
from headway.desk.accounts.access import needs
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import patch_of, people, permissions_of, roles_of


@needs(Permission.LOOK_AS)
@require_GET
def look(request: HttpRequest) -> HttpResponse:
    """Everybody else who may sign in, with what of theirs would be left out."""
    mine = permissions_of(request.user)
    others = [one for one in people() if one.is_active and one.pk != request.user.pk and roles_of(one)]
    roles = [", ".join(role.words for role in sorted(roles_of(one))) for one in others]
    less = [sorted(each.words for each in permissions_of(one) - mine) for one in others]
    rows = [(one, named, patch_of(one), gone) for one, named, gone in zip(others, roles, less, strict=True)]
    return render(request, "accounts/look.html", {"rows": rows})


@needs(Permission.LOOK_AS, recently=True)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    other = User.objects.filter(pk=pk, is_active=True).exclude(pk=request.user.pk).first()
    if other is None:
        raise Http404
    looking.begin(request, other)
    return redirect("/")


@needs(Permission.OWN_ACCOUNT)
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    looking.stop(request)
    return redirect("/")
