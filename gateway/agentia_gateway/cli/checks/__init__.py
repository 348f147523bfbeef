"""What `agentia-mesh check` looks at, one file per subject; `checks.all` holds the list."""
