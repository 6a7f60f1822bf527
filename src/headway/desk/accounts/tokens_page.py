"""The page on which a person makes and revokes tokens for programs."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from headway.desk.accounts import actions
from headway.desk.accounts.access import needs
from headway.desk.accounts.forms import TokenForm
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.tokens import A_MINUTE
from headway.vocabulary import clock


@needs(Permission.OWN_ACCOUNT, recently=True)
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """A new token is in the answer to its form and nowhere else."""
    form, fresh = TokenForm(request.POST or None), ""
    if form.is_valid():
        fresh = actions.make_token(by=request.user.label, user=request.user, **form.cleaned_data)
        form = TokenForm()
    given = {"form": form, "fresh": fresh, "tokens": request.user.tokens.filter(revoked=None, ends__gt=clock.now()), "limit": A_MINUTE}
    return render(request, "accounts/tokens.html", given, status=422 if form.is_bound else 200)


@needs(Permission.OWN_ACCOUNT)
@require_POST
def revoked(request: HttpRequest, pk: int) -> HttpResponse:
    token = request.user.tokens.filter(pk=pk).first()
    if token is None:
        raise Http404
    actions.revoke_token(by=request.user.label, token=token)
    messages.success(request, f"The token for “{token}” opens nothing any more.")
    return redirect("accounts:tokens")
