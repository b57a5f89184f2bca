# SPDX-License-Identifier: GPL-2.0-only
"""Manual pages in ASCII, so that troff can read them in every locale, and
without hyphens, which a name must not have.

man calls preconv, which translates other characters; troff by itself takes each
byte of them for a Latin-1 character, or refuses it.
"""

import glob
import os
import re


def escape(text):
    return re.sub(r'[^\x00-\x7f]', lambda found: r'\[u%04X]' % ord(found.group()), text)


def rewrite(app, error):
    if error or app.builder.name != 'man':
        return
    for path in glob.glob(os.path.join(app.outdir, '*.[1-9]')):
        with open(path, encoding='utf-8') as file:
            text = file.read()
        with open(path, 'w', encoding='ascii') as file:
            file.write(re.sub(r'^(\.TH .*)$', r'\1\n.nr HY 0\n.hy 0\n.ad l', escape(text), count=1, flags=re.M))


def setup(app):
    app.connect('build-finished', rewrite)
    return {'parallel_read_safe': True, 'parallel_write_safe': True}
