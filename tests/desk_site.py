"""Makes the desk ready for tests, in a workspace of their own. Called by the conftest of each folder that needs Django,
so that the others do not pay for it.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

AREA = 'areas: ["000"]\nname: Wrenford\nexample: true\n'


def ready() -> None:
    """Set Django up once in this process."""
    if os.environ.get("DJANGO_SETTINGS_MODULE") == "headway.site.settings":
        return
    home = Path(tempfile.mkdtemp(prefix="headway-desk-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    (home / "area.yaml").write_text(AREA)
    before = os.environ.get("HEADWAY_HOME")
    os.environ["HEADWAY_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "headway.site.settings"
    import django

    django.setup()
    if before is None:  # the configuration is read: other tests find the environment as it was
        del os.environ["HEADWAY_HOME"]
    else:
        os.environ["HEADWAY_HOME"] = before
