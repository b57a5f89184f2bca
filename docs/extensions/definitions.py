# SPDX-License-Identifier: GPL-2.0-only
"""The definitions of a C file, to show them one by one."""

import re

NAME = re.compile(r'(?:static |const |inline |__init |__exit )*(?:struct \w+ |\w+ )+\**(\w+)'
                  r'(?:\(| = \{|;)')


def definitions(path):
    """{name: lines} of what stands at the top level, each with the comment above it."""
    found, lines, name, comment = {}, [], None, False
    with open(path) as file:
        for line in file.read().split('\n'):
            if not name and (not line or line.startswith('#')):
                lines = []
                continue
            lines.append(line)
            comment = comment or line.startswith('/*')
            if not name and not comment and re.match(r'[a-z]', line):
                matched = re.match(r'struct (\w+) \{', line) or NAME.match(line)
                name = matched and matched.group(1)
            if comment:
                comment = '*/' not in line
            if name and (line in ('}', '};') or (line.endswith(';') and line[:1].isalpha())):
                found[name], lines, name = lines, [], None
    return found
