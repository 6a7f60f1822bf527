"""The content security policy: nothing but our own, each kind of source listed."""

from headway.site.config import Config

SELF, NONE = "'self'", "'none'"


def policy(config: Config) -> dict[str, list[str]]:
    """Directive → sources. A form may also be sent on to the identity provider, where one is configured:
    browsers hold the redirect after a form to `form-action` too.
    """
    forms = [SELF, config.oidc.origin] if config.oidc else [SELF]
    return {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": forms,
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
