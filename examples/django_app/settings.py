"""The settings that this example needs, and no more."""

import os
from pathlib import Path

HERE = Path(__file__).parent
DATABASE = os.environ.get("DJANGO_DATABASE", str(HERE / "tickets.db"))

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "for this example on your own machine alone")
INSTALLED_APPS = ["incidents"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATABASE,
        # A transaction here reads a ticket and then writes. Beginning as a writer, it waits for
        # another writer instead of failing when it turns from reading to writing.
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True  # the library takes aware datetimes alone
TIME_ZONE = "Europe/Dublin"
INCIDENTS_TIME = None  # the time of the machine; tests put a simulated one here
INCIDENTS_PLAN = HERE.parent / "plans" / "software-incidents.yaml"
