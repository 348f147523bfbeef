"""A service whose import takes longer than any test waits: ``NAME=agentia_testing.heavy:service``."""

import threading

from agentia_testing.light import echo

threading.Event().wait(60)

service = echo
