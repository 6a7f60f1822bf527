"""Makes the desk ready for tests, in a workspace of their own. Called by the conftest of each folder that needs Django,
so that the others do not pay for it.
"""

import atexit
import shutil
import tempfile
from pathlib import Path

import pytest

AREA = 'areas: ["000"]\nname: Wrenford\nexample: true\n'


def ready() -> None:
    """Set Django up once in this process. The environment is left as it was: the workers that a run starts set their own up."""
    from django.conf import settings

    if settings.configured:
        return
    home = Path(tempfile.mkdtemp(prefix="headway-desk-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    (home / "area.yaml").write_text(AREA)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEADWAY_HOME", str(home))
        patch.setenv("DJANGO_SETTINGS_MODULE", "headway.site.settings")
        import django

        django.setup()
