"""Takes a task that needs several agents, calls them through the gateway, joins the results."""
