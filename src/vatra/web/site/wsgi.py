"""The door for a WSGI server: ``vatra.web.site.wsgi:application``."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vatra.web.site.settings")
application = get_wsgi_application()

# Only after Django is set up can anything of it be imported.
from vatra.web.site.warm import warm_up  # noqa: E402

warm_up()
