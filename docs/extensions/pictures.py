# SPDX-License-Identifier: GPL-2.0-only
"""Pictures in the colours of the page, readable on a phone.

    .. picture:: locks
       :alt: what it shows, for who does not see it

       The caption.

puts docs/pictures/locks.svg into the page itself, so that kit.css reaches it.

    .. sequence:: Three steps, since Linux 5.4
       :actors: driver, core, device

       driver -> core: migrate_vma_setup(&args)
       core: collect, lock, unmap
       core --> driver: return 0

draws who calls whom, from above: -> is a call, --> a return, and a line without
an arrow is what an actor does.  Sequences that follow each other stand side by
side where there is room.
"""

import html
import os
import re

from docutils import nodes
from docutils.parsers.rst import Directive, directives

WIDTH, ROW, TOP = 380, 32, 34
# Of a character, in the two sizes that kit.css gives.
CODE_WIDTH, TEXT_WIDTH = 6.95, 6.2
LINE = re.compile(r'(\w+)(?: (--?>) (\w+))?: (.*)$')


def figure(svg, caption, name):
    raw = nodes.raw('', svg, format='html')
    result = nodes.figure('', raw, classes=[name])
    if caption:
        result += nodes.caption('', '', *caption)
    return result


class Picture(Directive):
    required_arguments = 1
    has_content = True
    option_spec = {'alt': directives.unchanged_required}

    def run(self):
        env = self.state.document.settings.env
        path = os.path.join(env.config.project_root, 'docs', 'pictures', self.arguments[0] + '.svg')
        env.note_dependency(path)
        with open(path, encoding='utf-8') as file:
            svg = re.sub(r'<!--.*?-->\s*', '', file.read(), flags=re.S)
        svg = svg.replace('<svg ', '<svg class="picture" role="img" aria-label="%s" ' %
                          html.escape(self.options['alt']), 1)
        caption, _ = self.state.inline_text(' '.join(self.content), self.lineno)
        return [figure(svg, caption, 'drawn')]


def text(x, y, what, classes, anchor='middle'):
    return '<text x="%g" y="%g" class="%s" text-anchor="%s">%s</text>' % (
        x, y, classes, anchor, html.escape(what))


def arrow(begin, end, y, dashed):
    tip = 7 if end > begin else -7
    return ('<path class="edge" d="M%g %gH%g"%s/><path class="head" d="M%g %gl%g -4v8z"/>' %
            (begin, y, end - tip, ' stroke-dasharray="5 3"' if dashed else '', end, y, -tip))


class Sequence(Directive):
    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {'actors': directives.unchanged_required}

    def run(self):
        actors = [name.strip() for name in self.options['actors'].split(',')]
        # The widest messages are between the first two.
        share = [0.13, 0.64, 0.91] if len(actors) == 3 else [0.15, 0.8]
        place = {name: WIDTH * part for name, part in zip(actors, share)}
        drawn, y = [], TOP
        for line in self.content:
            found = LINE.match(line)
            if not found or any(name and name not in place for name in found.group(1, 3)):
                raise self.error('not a line of a sequence: ' + line)
            actor, kind, other, what = found.groups()
            y += ROW
            if other:
                begin, end = place[actor], place[other]
                drawn.append(arrow(begin, end, y, kind == '-->'))
                drawn.append(text((begin + end) / 2, y - 5, what,
                                  'faint small' if kind == '-->' else 'code halo'))
                continue
            width = len(what) * TEXT_WIDTH + 14
            left = min(max(place[actor] - width / 2, 1), WIDTH - width - 1)
            drawn.append('<rect class="%s" x="%g" y="%g" width="%g" height="22" rx="3"/>' %
                         ({'core': 'system', 'device': 'device'}.get(actor, 'driver'),
                          left, y - 17, width))
            drawn.append(text(left + width / 2, y - 2, what, 'small'))
        lines = ''.join('<path class="life" d="M%g %gV%g"/>' % (x, TOP - 8, y + 14)
                        for x in place.values())
        heads = ''.join(text(x, TOP - 14, name, 'strong') for name, x in place.items())
        svg = ('<svg class="picture" role="img" aria-label="%s" xmlns="http://www.w3.org/2000/svg"'
               ' viewBox="0 0 %d %d">%s</svg>' %
               (html.escape(self.arguments[0] + '. ' + ' '.join(self.content)), WIDTH, y + 18,
                lines + heads + ''.join(drawn)))
        return [figure(svg, [nodes.Text(self.arguments[0])], 'sequence')]


def side_by_side(app, document):
    """Sequences that follow each other become one group."""
    for one in list(document.findall(nodes.figure)):
        if 'sequence' not in one['classes'] or one.parent is None:
            continue
        parent, at = one.parent, one.parent.index(one)
        if isinstance(parent, nodes.container) and 'pictures' in parent['classes']:
            continue
        group = nodes.container(classes=['pictures'])
        while at < len(parent.children) and isinstance(parent[at], nodes.figure) and \
                'sequence' in parent[at]['classes']:
            child = parent[at]
            parent.remove(child)
            group += child
        parent.insert(at, group)


def setup(app):
    app.add_directive('picture', Picture)
    app.add_directive('sequence', Sequence)
    app.connect('doctree-read', side_by_side)
    return {'parallel_read_safe': True, 'parallel_write_safe': True}
