# SPDX-License-Identifier: GPL-2.0-only
"""The release that a driver is ported to, or checked for."""

import re
import sys

from .tables import RELEASES

NEWEST = RELEASES[-1]


def find(name):
	"""The release of a name like 6.1, v6.1-rc3 or 6.1.192, or None, after a message."""
	found = re.match(r"v?(\d+)\.(\d+)", name)
	number = (int(found.group(1)), int(found.group(2))) if found else None
	for release in RELEASES:
		if release.number == number:
			return release
	print("target=%s: not a release from %d.%d to %d.%d" %
	      ((name,) + RELEASES[0].number + NEWEST.number), file=sys.stderr)
	return None
