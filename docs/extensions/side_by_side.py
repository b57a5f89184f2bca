# SPDX-License-Identifier: GPL-2.0-only
"""An example driver before and after its port, definition by definition.

    .. side-by-side:: cpu-fault

       cpu_fault_to_device_alloc_and_copy
       cpu_fault_to_device_ops -
       chunked_to_system_ops chunked_to_system_migrate

Each line is a row: what callback.c calls it and, where that differs, what
three-step.c does; - is for nothing.  Lines that the other side does not have are
marked.  A definition that the port changes and that no row of the page shows is
a warning.
"""

import difflib
import os

from definitions import definitions
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.util import logging

logger = logging.getLogger(__name__)

SIDES = (('callback.c', 'callbacks, Linux 5.3'), ('three-step.c', 'three steps, Linux 7.2'))


def changed_lines(old, new):
    """Numbers of the lines of old that new does not have, from 1."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [number + 1 for what, first, last, _, _ in matcher.get_opcodes() if what != 'equal'
            for number in range(first, last) if old[number].strip()]


class SideBySide(Directive):
    required_arguments = 1
    has_content = True

    def run(self):
        env = self.state.document.settings.env
        example = self.arguments[0]
        paths = [os.path.join(env.config.project_root, 'examples', example, name)
                 for name, _ in SIDES]
        for path in paths:
            env.note_dependency(path)
        sides = [definitions(path) for path in paths]
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
            rows.append(self.row(paths, [side.get(name, []) for name, side in zip(names, sides)]))
        return rows

    def row(self, paths, texts):
        row = nodes.container(classes=['side-by-side'])
        for number, (name, what) in enumerate(SIDES):
            text, other = texts[number], texts[1 - number]
            if not text:
                row += nodes.container('', nodes.paragraph('', 'Nothing is left of it.'),
                                       classes=['side-by-side-nothing'])
                continue
            block = nodes.literal_block('\n'.join(text), '\n'.join(text), language='c')
            block.source = paths[number]
            block['source'] = paths[number]
            if other:
                block['highlight_args'] = {'hl_lines': changed_lines(text, other)}
            row += nodes.container('', nodes.caption('', '%s: %s' % (name, what)), block,
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
