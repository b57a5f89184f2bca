# SPDX-License-Identifier: GPL-2.0-only
"""No code that nobody compiles, and no output that nobody produced.

A literal block must come from a file (literalinclude), from a command (run) or
from the tool and the headers themselves.  A C file must have been compiled:
`make docs` puts the object below build/docs/compiled/, under the file's path.
"""

import os

from docutils import nodes
from sphinx.util import logging

logger = logging.getLogger(__name__)


def look(app, document):
    env = app.env
    for block in document.findall(nodes.literal_block):
        env.code_blocks['blocks'] += 1
        if block.get('produced'):
            env.code_blocks['produced'] += 1
            continue
        source = block.get('source', '')
        if block.get('linenos') is None and not source.endswith(('.c', '.h', '.mk', 'Makefile',
                                                                 '.sh', '.cocci', '.diff', '.conf')):
            logger.warning('a code block that comes neither from a file nor from a command',
                           location=block)
            continue
        # What follows start-after begins with the empty line behind it.
        text = block.astext().lstrip('\n')
        block.rawsource, block[:] = text, [nodes.Text(text)]
        path = os.path.relpath(source, app.config.project_root)
        if path.endswith('.c'):
            compiled = os.path.join(app.config.project_build, 'docs', 'compiled', path[:-1] + 'o')
            if os.path.exists(compiled):
                env.code_blocks['compiled'] += 1
            else:
                logger.warning('%s is shown, but not compiled by make docs', path, location=block)
        else:
            env.code_blocks['other'] += 1


def report(app, error):
    if error or app.builder.name != 'html':
        return
    count = app.env.code_blocks
    print('%d code blocks: %d of C files that were compiled, %d of other files, '
          '%d produced by commands, the tool or the headers; %d commands run, %d only shown' %
          (count['blocks'], count['compiled'], count['other'], count['produced'],
           app.env.run_count, app.env.not_run_count))


def start(app):
    app.env.code_blocks = dict(blocks=0, compiled=0, other=0, produced=0)


def setup(app):
    app.connect('builder-inited', start)
    app.connect('doctree-read', look)
    app.connect('build-finished', report)
    return {'parallel_read_safe': False, 'parallel_write_safe': True}
