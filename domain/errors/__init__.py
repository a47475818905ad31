"""Every way the cooperative's rules say no. The docstring is the sentence the user reads.

Each module draws the tree of its area; all of them hang from `Refusal` in `base`.
"""

from domain.errors.bank import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.base import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.closing import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.contributions import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.corrections import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.cutover import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.doubts import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.elections import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.endings import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.funds import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.governance import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.group import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.invoice_drafts import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.invoicing import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.late_payment import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.meetings import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.members import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.periods import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.purchases import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.quotations import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.shares import *  # noqa: F403 - the package is one list, kept by area
from domain.errors.spending import *  # noqa: F403 - the package is one list, kept by area
