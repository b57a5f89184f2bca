# SPDX-License-Identifier: GPL-2.0-only
"""The manual page of a function, from its kernel-doc comment.

    .. manual-page:: api/include/program.h program_map
       :example: docs/snippets/scenario/memory.c share_and_write
       :see: program_unmap, program_protect

       0
          there is no memory

has a SYNOPSIS, a DESCRIPTION, the ARGUMENTS, the CONTEXT, the RETURN VALUE, the
ERRORS, which are the content of the directive (none if there is none), an
EXAMPLE, which is a definition of a compiled file that uses the function, and
SEE ALSO.

    .. manual-pages::

       program_map
       program_unmap

is their place in the contents: each page with its summary.
"""

import os
import re

from definitions import definitions
from docutils import nodes
from docutils.parsers.rst import directives
from kernel_doc import KernelDocBase, Lines, capital, plain, return_list, synopsis
from sphinx.util import logging

logger = logging.getLogger(__name__)


class ManualPage(KernelDocBase):
    required_arguments = 2
    has_content = True
    option_spec = {'example': directives.unchanged_required, 'see': directives.unchanged}

    def complain(self, *what):
        env = self.state.document.settings.env
        logger.warning(*what, location=(env.docname, self.lineno))

    def run(self):
        header, name = self.arguments
        found = [item for item in self.comments(header)
                 if item.name == name and item.kind in ('function', 'macro')]
        if not found:
            self.complain('%s has no comment on %s()', header, name)
            return []
        parts = found[0].parts
        return [
            self.section('SYNOPSIS', [synopsis(header, found[0])]),
            self.section('DESCRIPTION', self.text(header, parts['Summary'], begin=True, end='.') +
                         self.text(header, parts.get('Description', []))),
            *([self.section('ARGUMENTS', self.text(header, self.parameters(parts)))]
              if self.parameters(parts) else []),
            *([self.section('CONTEXT', self.text(header, parts['Context'], begin=True))]
              if 'Context' in parts else []),
            self.section('RETURN VALUE', self.text(header, return_list(
                parts.get('Return') or [(0, 'Nothing.')]), begin=True)),
            self.section('ERRORS', self.text(header, [(self.lineno, line) for line in self.content]
                                             or [(0, 'None.')])),
            self.section('EXAMPLE', [self.example(name)]),
            *([self.section('SEE ALSO', self.text(header, [(0, self.see())]))]
              if 'see' in self.options else []),
        ]

    def section(self, title, content):
        section = nodes.section('', nodes.title('', title), *content, names=[title.lower()])
        self.state.document.note_implicit_target(section, section)
        return section

    def parameters(self, parts):
        pairs = parts.get('Parameters', [])
        return pairs if any(text.startswith('``') and text != '``void``' for _, text in pairs) else []

    def text(self, header, pairs, begin=False, end=''):
        lines = Lines()
        for number, text in pairs:
            if text:
                text, begin = capital(text) + end if begin else text, False
            lines.add(header, number, plain(text))
        return self.parse(lines)

    def example(self, name):
        path, function = self.options['example'].split()
        env = self.state.document.settings.env
        whole = os.path.join(env.config.project_root, path)
        env.note_dependency(whole)
        text = '\n'.join(definitions(whole).get(function, []))
        if not re.search(r'\b%s\(' % name, text):
            self.complain('%s() is not called in %s of %s', name, function, path)
        text = text.expandtabs(8)
        block = nodes.literal_block(text, text, language='c')
        block['source'] = block.source = whole
        return block

    def see(self):
        """Names of pages, with the section they are in."""
        env = self.state.document.settings.env
        sections = {name: section for _, name, _, _, section in env.config.man_pages}
        names = [name.strip() for name in self.options['see'].split(',')]
        for name in names:
            if name not in sections:
                self.complain('there is no manual page %s', name)
        return ', '.join(':doc:`%s(%s) <%s>`' % (name, sections.get(name), name) for name in names)


class ManualPages(KernelDocBase):
    has_content = True

    def run(self):
        env = self.state.document.settings.env
        pages = {name: (summary, section) for _, name, summary, _, section in env.config.man_pages}
        lines = Lines()
        names = [name.strip() for name in self.content if name.strip()]
        for line in ('.. toctree::', '   :hidden:', '', *('   ' + name for name in names), ''):
            lines.add('', self.lineno, line)
        for name in names:
            summary, section = pages[name]
            lines.add('', self.lineno, ':doc:`%s(%s) <%s>`' % (name, section, name))
            lines.add('', self.lineno, '   ' + summary)
        return self.parse(lines)


def setup(app):
    app.add_directive('manual-pages', ManualPages)
    app.add_directive('manual-page', ManualPage)
    return {'parallel_read_safe': False, 'parallel_write_safe': True}
