# SPDX-License-Identifier: GPL-2.0-only
"""Every name that a header offers to users is documented.

The names of public_headers come from ctags.  Those that match private_names are
for the header itself, and those of the environment are in a table of their own.
"""

import re
import subprocess

from sphinx.util import logging

logger = logging.getLogger(__name__)


def offered(config, header):
    out = subprocess.run(['ctags', '-x', '--_xformat=%N %K', '--kinds-C=+px-v', '--language-force=C',
                          '-o', '-', header], cwd=config.project_root, capture_output=True,
                         text=True, check=True).stdout
    names = {}
    for line in out.splitlines():
        name, kind = line.split(' ', 1)
        if kind in ('function', 'prototype', 'struct', 'enum', 'macro', 'enumerator', 'union'):
            if not re.search(r'_H_?$', name) and not name.startswith('_') and \
                    not re.match(config.private_names, name):
                names.setdefault(name, kind)
    return names


def check(app, env):
    documented = {full.split('.')[-1] for full, *_ in env.get_domain('c').get_objects()}
    total = missing = 0
    for header in app.config.public_headers:
        for name in offered(app.config, header):
            total += 1
            if name not in documented:
                missing += 1
                logger.warning('%s: %s has no kernel-doc comment', header, name)
    env.public_names = (total, total - missing)


def report(app, error):
    if not error and app.builder.name == 'html':
        print('%d public names in %d headers, %d documented' %
              (app.env.public_names[0], len(app.config.public_headers), app.env.public_names[1]))


def setup(app):
    app.add_config_value('public_headers', [], 'env')
    app.add_config_value('private_names', '$', 'env')
    app.connect('env-check-consistency', check)
    app.connect('build-finished', report)
    return {'parallel_read_safe': True, 'parallel_write_safe': True}
