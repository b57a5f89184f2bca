# SPDX-License-Identifier: GPL-2.0-only
"""What the search page looks through, and the page itself.

Every page is taken apart into its sections and into the names that it documents:
functions, structs, members and constants.  The result is _static/search-index.js,
a list that docs/theme/static/search.js ranks; it needs no server.
"""

import json
import os

from docutils import nodes
from sphinx import addnodes

# How much a part counts, by the page it is on: what explains comes before what lists.
WEIGHTS = (
    ('reference/environment', 0.3),
    ('reference/spatch-shapes', 0.4),
    ('reference/functions/index', 0.4),
    ('reference/functions/machine', 0.6),
    ('reference/functions/program', 0.6),
    ('reference/program', 0.6),
    ('reference/states', 0.6),
    ('examples/', 0.7),
    ('guide/questions', 1.3),
    ('guide/', 1.1),
)
# A page of one call, and a name in the reference, are what who types it looks for.
OWN_PAGE, NAME = 1.5, 1.2


class Parts:
    def __init__(self, page, title):
        self.page, self.title = page, title
        self.weight = next((weight for begin, weight in WEIGHTS if page.startswith(begin)), 1)
        self.parts = []

    def add(self, name, anchor, weight=1):
        part = dict(page=self.page, title=self.title, name=name, anchor=anchor,
                    weight=round(self.weight * weight, 2), text=[])
        self.parts.append(part)
        return part

    def walk(self, node, part):
        """The text below node belongs to part, until a section or a name begins."""
        for child in node.children:
            if isinstance(child, nodes.title):
                continue
            if isinstance(child, nodes.section):
                self.walk(child, self.add(child.next_node(nodes.title).astext(), child['ids'][0]))
            elif isinstance(child, addnodes.desc):
                signature = child.next_node(addnodes.desc_signature)
                name = signature.next_node(addnodes.desc_name)
                named = self.add(name.astext().strip(), (signature['ids'] or [''])[0], NAME)
                named['text'].append(signature.astext())
                self.walk(child.children[-1], named)
            elif isinstance(child, nodes.definition_list_item) and child.children[0].get('ids'):
                named = self.add(child.children[0].astext(), child.children[0]['ids'][0], NAME)
                self.walk(child, named)
            elif isinstance(child, (nodes.comment, nodes.raw, addnodes.index)):
                continue
            elif isinstance(child, (nodes.TextElement, nodes.Text)):
                part['text'].append(child.astext())
            else:
                self.walk(child, part)


def take(app, doctree, docname):
    if app.builder.name != 'html':
        return
    title = app.env.titles[docname].astext()
    parts = Parts(docname, title)
    weight = OWN_PAGE if docname.startswith('reference/functions/') else 1
    parts.walk(doctree.next_node(nodes.section), parts.add(title, '', weight))
    app.search_parts += parts.parts


def start(app):
    app.search_parts = []
    if app.builder.name == 'html':
        app.builder.search = False


def search_page(app):
    return [('search', {}, 'search.html')]


def write(app, error):
    if error or app.builder.name != 'html':
        return
    for part in app.search_parts:
        part['text'] = ' '.join(' '.join(part['text']).split())
    with open(os.path.join(app.outdir, '_static', 'search-index.js'), 'w', encoding='utf-8') as file:
        file.write('var searchIndex = ')
        json.dump(app.search_parts, file, ensure_ascii=False, separators=(',', ':'))
        file.write(';\n')


def setup(app):
    app.connect('builder-inited', start)
    app.connect('doctree-resolved', take)
    app.connect('html-collect-pages', search_page)
    app.connect('build-finished', write)
    return {'parallel_read_safe': True, 'parallel_write_safe': False}
