"""The mesh's key goes along with every call, from the environment or the settings file."""

from pathlib import Path

import pytest

from agentia_testing.command import Command
from agentia_testing.quiet_agent import quiet_agent


@pytest.mark.parametrize(
    ("in_file", "set_", "sent"), [("", "a", "Bearer a"), ("b", "", "Bearer b"), ("b", "a", "Bearer a")]
)
def test_the_key_is_sent_along(tmp_path: Path, in_file: str, set_: str, sent: str) -> None:
    if in_file:
        (tmp_path / "agentia.toml").write_text(f'api_key = "{in_file}"\n')
    with quiet_agent(streams=True) as agent:
        command = Command(gateway=agent.url, data=tmp_path / "data", folder=tmp_path)
        command.run("ask", "hello", AGENTIA_API_KEY=set_)

    assert agent.keys == [sent, sent]
