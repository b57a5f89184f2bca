# SPDX-License-Identifier: GPL-2.0-only
"""After the pages are written: every link inside them leads somewhere.

Sphinx itself checks references, but not what is written as a plain link, nor
the anchors that a theme or an extension makes up.
"""

import os
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from sphinx.util import logging

logger = logging.getLogger(__name__)


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.anchors = [], set()
        with open(path, encoding='utf-8') as file:
            self.feed(file.read())

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == 'id' or (tag == 'a' and name == 'name'):
                self.anchors.add(value)
            elif name in ('href', 'src') and value:
                self.links.append(value)


def check(app, error):
    if error or app.builder.name != 'html':
        return
    pages = {}
    for folder, _, files in os.walk(app.outdir):
        for name in files:
            if name.endswith('.html') and '_static' not in folder:
                path = os.path.join(folder, name)
                pages[path] = Page(path)
    links = dead = 0
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            links += 1
            target = os.path.normpath(os.path.join(os.path.dirname(path), unquote(parts.path))) \
                if parts.path else path
            anchor = unquote(parts.fragment)
            if not os.path.exists(target):
                problem = 'leads to no file'
            elif anchor and target in pages and anchor not in pages[target].anchors:
                problem = 'leads to no anchor'
            else:
                continue
            dead += 1
            logger.warning('%s: link %s %s', os.path.relpath(path, app.outdir), link, problem)
    print('%d links inside %d pages, %d dead' % (links, len(pages), dead))
    if dead and app.warningiserror:
        app.statuscode = 1


def setup(app):
    app.connect('build-finished', check)
    return {'parallel_read_safe': True, 'parallel_write_safe': True}
