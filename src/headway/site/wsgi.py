"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headway.site.settings")
# a page makes thousands of tuples that soon go; looking through everything as often as usual makes pauses of 100 ms
gc.set_threshold(50_000, 20, 50)
_site = get_wsgi_application()

from django.conf import settings  # noqa: E402 - Django must be ready first

from headway.site.ready import read_pages  # noqa: E402
from headway.site.stored_pages import with_stored_pages  # noqa: E402

read_pages(settings.HEADWAY.home)

application = with_stored_pages(_site, settings.HEADWAY.home)
