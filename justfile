# What there is to do here. Each recipe is a few lines; CI runs the same scripts (.ci/run).

uv := if path_exists(".uv/bin/uv") == "true" { ".uv/bin/uv" } else { "uv" }

_default:
    @just --list --unsorted

# Start a mesh on this machine
up *OPTIONS:
    {{uv}} run --no-dev agentia-mesh up {{OPTIONS}}

# Run all tests, or what pytest is told
test *ARGUMENTS:
    bash tests/run {{ARGUMENTS}}

# Form and layers
lint:
    {{uv}} run ruff check .
    {{uv}} run ruff format --check .
    {{uv}} run lint-imports

# Types
types *PATHS:
    {{uv}} run pyright {{PATHS}}

# Everything that has to hold before something lands
check:
    bash .ci/run

# Build an image per service, run the mesh in containers, ask it something, take it down
containers:
    bash tests/containers/run

# What the task log does in a second
bench-tasklog *ARGUMENTS:
    {{uv}} run python benchmarks/tasklog/bench.py {{ARGUMENTS}}

# How well search routes, on the data of a folder
bench-routing FOLDER:
    {{uv}} run python benchmarks/routing/measure.py {{FOLDER}}

# How long a mesh takes to its first answer, and what it occupies
bench-start *ARGUMENTS:
    {{uv}} run python benchmarks/start/run.py {{ARGUMENTS}}
