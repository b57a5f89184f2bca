# SPDX-License-Identifier: GPL-2.0-only
"""Links from names in the text to the reference.

name() and ``name`` become links where the reference documents the name, and
NAME where it is a flag.  A name that looks like the API's own and is not
documented is a warning: it is misspelt, or it is gone.
"""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)

CALL = re.compile(r'\b([A-Za-z_]\w+)\(\)|\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b|\bstruct (\w+)\b')
WHOLE = re.compile(r'(?:struct |enum )?([A-Za-z_]\w+)(\(\))?$')
OURS = re.compile(r'(migrate_(vma|pfn|device)|MIGRATE_(PFN|VMA)_|zone_device_page|program_|'
                  r'machine_|device_memory_)')
# Names of proposals, and of other people's, that the text speaks about.
STRANGERS = {'migrate_vma_compat', 'migrate_hmm_range_setup', 'migrate_vma_helper',
             'migrate_pfn_from_page', 'migrate_pfn_size', 'MIGRATE_VMA_FAULT',
             'MIGRATE_VMA_HELPER', 'MIGRATE_PFN_HUGE', 'MIGRATE_PFN_MASK',
             'MIGRATE_PFN_DEVICE_PRIVATE'}


class LinkNames(SphinxPostTransform):
    default_priority = 20

    def run(self, **kwargs):
        domain = self.env.get_domain('c')
        self.objects = {}
        for full, _, kind, page, anchor, _ in domain.get_objects():
            self.objects.setdefault((full, kind), (page, anchor))
        for literal in list(self.document.findall(nodes.literal)):
            found = WHOLE.match(literal.astext())
            if found and not self.inside_link(literal):
                self.replace(literal, self.link(found.group(1), found.group(2), literal.deepcopy()))
        for text in list(self.document.findall(nodes.Text)):
            if not self.inside_link(text):
                self.text(text)

    def inside_link(self, node):
        while node.parent is not None:
            node = node.parent
            if isinstance(node, (nodes.reference, nodes.literal_block, nodes.literal, nodes.title,
                                 nodes.raw)) or 'sig' in ' '.join(node.get('classes', [])):
                return True
        return False

    def target(self, name, is_call):
        kinds = ['function', 'macro'] if is_call else \
            ['macro', 'enumerator', 'struct', 'enum', 'union', 'type', 'function']
        for kind in kinds:
            for full in (name, kind + '_named.' + name):
                if (full, kind) in self.objects:
                    return self.objects[full, kind]
        return None

    def link(self, name, is_call, content):
        found = self.target(name, is_call)
        if not found:
            if OURS.match(name) and (is_call or name.isupper()) and name not in STRANGERS:
                logger.warning('%s is not documented', name, location=content)
            return None
        page, anchor = found
        if page == self.env.docname and self.app.builder.name == 'man':
            return None
        try:
            uri = self.app.builder.get_relative_uri(self.env.docname, page) + '#' + anchor
        except Exception:
            return None
        if self.app.builder.name == 'man':
            return None
        return nodes.reference('', '', content, internal=True, refuri=uri)

    def replace(self, old, new):
        if new is not None:
            old.parent.replace(old, new)

    def text(self, node):
        out, done, string = [], 0, node.astext()
        for found in CALL.finditer(string):
            name = next(group for group in found.groups() if group)
            link = self.link(name, bool(found.group(1)), nodes.literal('', found.group()))
            if link is not None:
                out += [nodes.Text(string[done:found.start()]), link]
                done = found.end()
        if out:
            node.parent.replace(node, out + [nodes.Text(string[done:])])


def setup(app):
    app.add_post_transform(LinkNames)
    return {'parallel_read_safe': True, 'parallel_write_safe': True}
