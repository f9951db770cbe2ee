"""The ASGI application: pages and REST by Django, sockets by `consumers`."""

import os

from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # see manage.py
pages = get_asgi_application()  # loads the apps; what follows imports models

from consumers.routing import make_router  # noqa: E402
from interviews.live.driving import drive  # noqa: E402
from interviews.live.process import get_registry  # noqa: E402
from server.proxies import TrustedProxies  # noqa: E402

sockets = make_router(get_registry, carry_out=drive)
application = TrustedProxies(
    ProtocolTypeRouter({"http": pages, "websocket": sockets}), settings.TRUSTED_PROXIES
)
