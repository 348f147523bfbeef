"""``python -m agentia_fabric.host NAME…``."""

import sys

from agentia_fabric.host.command import main

if __name__ == "__main__":
    main(sys.argv[1:])
