"""`agentia-mesh config`: every setting, its value, and where that comes from."""

from __future__ import annotations

from dataclasses import asdict

from agentia_gateway.cli.options import Output, OutputOption


def config(output: OutputOption = Output.TABLE) -> None:
    """Show every setting with its value and its source; secrets are masked."""
    from agentia_fabric.errors import SettingsError
    from agentia_gateway.cli.all_settings import explained
    from agentia_gateway.cli.failure import Failure
    from agentia_gateway.cli.terminal import json_document, table

    try:
        settings = explained()
    except SettingsError as error:
        raise Failure(str(error), "Correct it where it was set.") from None
    if output is Output.JSON:
        json_document([asdict(setting) for setting in settings])
    else:
        rows = [(s.environment, s.value, s.source, s.meaning) for s in settings]
        table(("setting", "value", "from", "meaning"), rows)
