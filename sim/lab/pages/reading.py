"""Read what strangers write: off the event loop, and one text after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

__all__ = ["read"]

T = TypeVar("T")

#: One thread for all texts: who sends many waits for one's own, and no page without a text waits for them.
_pool = ThreadPoolExecutor(1, thread_name_prefix="reading")


async def read(work: Callable[..., T], *args: Any) -> T:
    """Do work on a text that a stranger wrote, while the event loop serves everybody else.

    Parameters
    ----------
    work : callable
        What to do; it may raise, and is not begun where nobody waits for it any more.
    *args
        What to call it with.
    """
    return await asyncio.get_running_loop().run_in_executor(_pool, partial(work, *args))
