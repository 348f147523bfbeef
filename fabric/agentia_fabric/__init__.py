"""What the services stand on: task log, safe fetch, identity, push delivery, settings, hosting."""
