# SPDX-License-Identifier: GPL-2.0-only
"""A driver before and after its port, definition by definition.

    .. side-by-side:: cpu-fault

       cpu_fault_to_device_alloc_and_copy
       cpu_fault_to_device_ops -
       chunked_to_system_ops chunked_to_system_migrate

The name is that of an example.  Otherwise it is a folder with before.c and
after.c in it, or both files are named.

Each line is a row: what the left side calls it and, where that differs, what the
right side does; - is for nothing.  Without any, all behind the #includes is one
row.  Lines that the other side does not have are marked.  A definition that the
port of an example changes and that no row of the page shows is a warning.
"""

import difflib
import os

from definitions import definitions
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.util import logging

logger = logging.getLogger(__name__)

EXAMPLE = (('callback.c', 'callback.c: callbacks, Linux 5.3'),
           ('three-step.c', 'three-step.c: three steps, Linux 7.3'))
FOLDER = (('before.c', 'before: Linux 5.3'), ('after.c', 'after: Linux 7.3'))


def sides_of(arguments):
    """((path, caption), (path, caption))"""
    if len(arguments) == 2:
        return tuple((path, caption) for path, (_, caption) in zip(arguments, FOLDER))
    folder, names = (arguments[0], FOLDER) if '/' in arguments[0] else \
        (os.path.join('examples', arguments[0]), EXAMPLE)
    return tuple((os.path.join(folder, name), caption) for name, caption in names)


def behind_includes(path):
    with open(path) as file:
        lines = file.read().rstrip().split('\n')
    last = max(number for number, line in enumerate(lines) if line.startswith('#include'))
    while not lines[last + 1]:
        last += 1
    return lines[last + 1:]


def changed_lines(old, new):
    """Numbers of the lines of old that new does not have, from 1."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [number + 1 for what, first, last, _, _ in matcher.get_opcodes() if what != 'equal'
            for number in range(first, last) if old[number].strip()]


class SideBySide(Directive):
    required_arguments = 1
    optional_arguments = 1
    has_content = True

    def run(self):
        env = self.state.document.settings.env
        where = [(os.path.join(env.config.project_root, path), caption)
                 for path, caption in sides_of(self.arguments)]
        for path, _ in where:
            env.note_dependency(path)
        if not self.content:
            return [self.row(where, [behind_includes(path) for path, _ in where])]
        sides = [definitions(path) for path, _ in where]
        example = self.arguments[0]
        shown = set()
        if '/' not in example:
            shown = env.side_by_side.setdefault((env.docname, example), (sides, set()))[1]
        rows = []
        for line in self.content:
            names = line.split()
            if not names:
                continue
            names = [name if name != '-' else None for name in (names * 2)[:2]]
            if any(name and name not in side for name, side in zip(names, sides)):
                logger.warning('%s has no %s', example, line, location=(env.docname, self.lineno))
                continue
            shown.update(name for name in names if name)
            rows.append(self.row(where, [side.get(name, []) for name, side in zip(names, sides)]))
        return rows

    def row(self, where, texts):
        row = nodes.container(classes=['side-by-side'])
        for number, (path, caption) in enumerate(where):
            text, other = texts[number], texts[1 - number]
            if not text:
                row += nodes.container('', nodes.paragraph('', 'Nothing is left of it.'),
                                       classes=['side-by-side-nothing'])
                continue
            block = nodes.literal_block('\n'.join(text), '\n'.join(text), language='c')
            block['source'] = block.source = path
            if other:
                block['highlight_args'] = {'hl_lines': changed_lines(text, other)}
            row += nodes.container('', nodes.caption('', caption), block,
                                   literal_block=True, classes=['literal-block-wrapper'])
        return row


def all_shown(app, env):
    for (page, example), (sides, shown) in env.side_by_side.items():
        for name in dict.fromkeys([*sides[0], *sides[1]]):
            if name not in shown and sides[0].get(name) != sides[1].get(name):
                logger.warning('%s shows nothing of %s, which the port of %s changes', page, name,
                               example)


def start(app):
    app.env.side_by_side = {}


def setup(app):
    app.add_directive('side-by-side', SideBySide)
    app.connect('builder-inited', start)
    app.connect('env-check-consistency', all_shown)
    return {'parallel_read_safe': False, 'parallel_write_safe': True}
