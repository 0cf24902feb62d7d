"""How long tests wait for anything: a page, a run, a server, a command.

One that succeeds waits no longer than it must, so this is only what tells a busy machine from something that hangs.
"""

from __future__ import annotations

from typing import Final

PATIENCE_SECONDS: Final = 120
PATIENCE_MS: Final = 1_000 * PATIENCE_SECONDS
