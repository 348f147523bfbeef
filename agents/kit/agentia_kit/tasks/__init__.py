"""Tasks on the task log: the SDK's request handler, so that every event is durable before anybody sees it."""
