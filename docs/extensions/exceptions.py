# SPDX-License-Identifier: GPL-2.0-only
"""What of the headers has no comment yet: docs/undocumented.

One "HEADER NAME" a line; NAME is a function, a macro or STRUCT.MEMBER.  An entry
that is not needed any more is a warning, so that the list only becomes shorter.
"""

import os
import re

_entries, _used = None, set()


def entries(root):
    global _entries
    if _entries is None:
        with open(os.path.join(root, 'docs', 'undocumented')) as file:
            _entries = {tuple(line.split()[:2]) for line in file
                        if line.strip() and not line.startswith('#')}
    return _entries


def allowed(root, header, name):
    if (header, name) not in entries(root):
        return False
    _used.add((header, name))
    return True


def without(root, header, complaints):
    """The complaints of kernel-doc that no entry allows."""
    for complaint in complaints:
        found = (re.search(r"(?:member|value) '(\w+)' not described in (?:enum )?'(\w+)'", complaint) or
                 re.search(r'expecting (prototype) for (\w+)\(\)', complaint))
        if found and (found.group(1).startswith('__') or
                      allowed(root, header, '%s.%s' % (found.group(2), found.group(1)))):
            continue
        yield complaint


def unused(root):
    return sorted(entries(root) - _used)
