# SPDX-License-Identifier: GPL-2.0-only
"""The comments of a header, through the kernel's own scripts/kernel-doc.

    .. kernel-doc:: api/include/linux/migrate.h

shows all of them as objects of the C domain, and

    .. kernel-doc-part:: api/include/linux/migrate.h migrate_vma_setup Return

the text of one part of one function: Synopsis, Parameters, Description, Context
or Return.  What kernel-doc complains about is a warning of Sphinx.  A header
that has such comments and is on no page is one too.
"""

import functools
import glob
import os
import re
import subprocess
import tempfile
import textwrap

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import ViewList
from sphinx import addnodes
from sphinx.domains.c import CDomain
from sphinx.util import logging
from sphinx.util.nodes import nested_parse_with_titles

logger = logging.getLogger(__name__)

CONDITIONAL = re.compile(r'^[ \t]*#[ \t]*(if|ifdef|ifndef|elif|else|endif)\b.*$', re.M)
BODY = re.compile(r'^(?:enum|struct|union) \w+ \{$.*?^\}', re.M | re.S)
OBJECT = re.compile(r'\.\. c:(function|struct|enum|union|macro|type):: (.*)$')
ANNOTATION = re.compile(r'\b__(?:user|maybe_unused|must_check|noreturn) ')
# A name that stands in the reference more than once, in show() below.
SCOPE = re.compile(r'\b(?:again_in_\w+|(?:function|struct|enum|union|macro|type)_named)\.')
# Of a manual page, inside its margins.
WIDTH = 66
# Members with such names are nobody's but the core's.
OF_THE_CORE = re.compile(r"member '__\w+' not described")
# Newer kernel-doc indents the parts, and has :: behind a heading.
PART = re.compile(r'( *)\*\*(\w+)\*\*(::)?$')


class Item:
    """One comment: what it is about, and its parts, as (line number, text) pairs."""

    def __init__(self, kind, signature):
        self.kind, self.signature = kind, ANNOTATION.sub('', signature)
        self.name = re.search(r'(\w+)(?: ?\(.*\))?$', signature).group(1)
        self.parts = {'Summary': []}


@functools.lru_cache(None)
def find_script():
    here = os.path.dirname(os.path.abspath(__file__))
    return subprocess.run([os.path.join(here, '..', 'find-kernel-doc')], capture_output=True,
                          text=True).stdout.strip()


def without_conditionals(text):
    """kernel-doc takes an #if among the members of an enum for one of them."""
    return BODY.sub(lambda body: CONDITIONAL.sub('', body.group()), text)


def items_of(output):
    """What kernel-doc -rst wrote, comment by comment."""
    items, item, part, number, indent = [], None, None, 0, 0
    for line in output.split('\n'):
        found = re.match(r'\.\. LINENO (\d+)$', line)
        if found:
            number = int(found.group(1)) - 1
            continue
        found = OBJECT.match(line)
        if found:
            item, part, indent = Item(*found.groups()), 'Summary', 0
            items.append(item)
        elif line.startswith('.. container:: kernelindent'):
            pass
        elif item and PART.match(line):
            space, part, code = PART.match(line).groups()
            indent = len(space)
            item.parts.setdefault(part, []).extend([(number, '::'), (number, '')] if code else [])
        elif item:
            # The summary is indented, and of a macro its name stands before it.
            line = line[indent:] if line[:indent].isspace() else line
            if part == 'Summary':
                line = '' if line.startswith('``') else line.strip()
            item.parts[part].append((number, line))
        number += 1
    return items


@functools.lru_cache(None)
def read(root, header):
    """The comments of a header, and the complaints about them."""
    with open(os.path.join(root, header)) as file:
        text = without_conditionals(file.read())
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, os.path.basename(header))
        with open(copy, 'w') as file:
            file.write(text)
        result = subprocess.run([find_script(), '-rst', '-enable-lineno', '-sphinx-version',
                                 '5.3.0', copy], capture_output=True, text=True)
        complaints = [line.replace(copy, header) for line in result.stderr.splitlines()
                      if ('warning:' in line or 'error:' in line) and not OF_THE_CORE.search(line)]
    return items_of(result.stdout), complaints


def capital(text):
    """The beginning of a sentence, unless it is a name."""
    return text[0].upper() + text[1:] if re.match(r'[a-z]+[ ,;:]', text) else text


def plain(text):
    """A name that ends in _ is no link of reStructuredText."""
    return re.sub(r'(?<=\w)_(?=[\s,.;:)]|$)', r'\\_', text)


class Lines(ViewList):
    def add(self, header, number, line):
        self.append(line, header, number)


def constants(pairs):
    """Enumerators become objects of their own, so that they can be linked to."""
    for number, line in pairs:
        found = re.match(r'``(\w+)``$', line)
        if found:
            yield number, '.. c:enumerator:: ' + found.group(1)
            yield number, ''
        else:
            yield number, ' ' + line if line.startswith('  ') else line


def anchor_members(struct):
    """Members and parameters can be linked to, and are found by the search."""
    for item in struct[-1].findall(nodes.definition_list_item):
        name = item[0].astext()
        if struct['objtype'] in ('struct', 'union') and re.match(r'\w+$', name):
            item[0]['ids'].append('%s.%s' % (struct[0]['ids'][0], name))


# A page with fewer names needs no list of them.
LISTED = 4


def names_of(shown):
    """A list of the names that a page documents, at its beginning."""
    names = nodes.bullet_list(classes=['names'])
    for node in shown:
        if not isinstance(node, addnodes.desc):
            continue
        name = node[0].next_node(addnodes.desc_name).astext().strip()
        link = nodes.reference('', '', nodes.literal(name, name), internal=True,
                               refid=node[0]['ids'][0])
        names += nodes.list_item('', nodes.paragraph('', '', link))
    return [names] if len(names) >= LISTED else []


VALUE = r'(?:-E[A-Z]+|ERR_PTR\(|0|NULL|true|false|-?\d+)\b'


def return_list(pairs):
    """What is returned as a list, where it is told as "0, or -EINVAL when ..."."""
    end = next((i for i, (_, line) in enumerate(pairs) if i and not line.strip()), len(pairs))
    number, text = pairs[0][0], ' '.join(line.strip() for _, line in pairs[:end]).strip()
    values, rest = [], ''
    for sentence in re.split(r'(?<=\.) (?=[-A-Z0-9])', text):
        found = re.split(r'(?:[,;] or |[,;] and |[,;] | or )(?=%s)' % VALUE, sentence.rstrip('.'))
        if rest or not all(re.match(VALUE, value) for value in found):
            rest += sentence + ' '
        else:
            values += found
    if len(values) < 2:
        return pairs
    lines = ['- ' + value.replace('-E', '\\-E', 1) if value.startswith('-E') else '- ' + value
             for value in values]
    return [(number, line) for line in lines + ['', rest.strip()]] + list(pairs[end:])


class KernelDocBase(Directive):
    def comments(self, header):
        env = self.state.document.settings.env
        env.note_dependency(os.path.join(env.config.project_root, header))
        items, complaints = read(env.config.project_root, header)
        if header not in env.kernel_doc_complained:
            env.kernel_doc_complained.add(header)
            for complaint in complaints:
                logger.warning(complaint, location=(env.docname, self.lineno))
        if not items:
            logger.warning('no comments found in %s', header, location=(env.docname, self.lineno))
        return items

    def parse(self, lines):
        node = nodes.section()
        node.document = self.state.document
        nested_parse_with_titles(self.state, lines, node)
        for index in node.findall(addnodes.index):
            index['entries'] = [(kind, SCOPE.sub('', text), *rest)
                                for kind, text, *rest in index['entries']]
        for struct in node.findall(addnodes.desc):
            anchor_members(struct)
        for block in node.findall(nodes.literal_block):
            block['produced'] = True
            block['language'] = 'c'
            # kernel-doc joins the lines of a member without a space.
            text = re.sub(r',(?=\S)', ', ', block.astext())
            block.rawsource, block[:] = text, [nodes.Text(text)]
        return node.children


def synopsis(header, item):
    """How a function is declared, and where; broken to fit a manual page."""
    name = header.split('include/')[-1]
    name = '<%s>' % name if name.startswith('linux/') else '"%s"' % name
    declared = re.sub(r'\* ', '*', item.signature.replace(' (', '('))
    if len(declared) > WIDTH:
        begin, arguments = declared.split('(', 1)
        arguments = re.split(r'(?<=,) ', arguments)
        indent = len(begin) + 1
        if indent + max(len(argument) for argument in arguments) > WIDTH:
            indent = 8
            begin += '(\n' + ' ' * indent
        else:
            begin += '('
        declared = begin + ('\n' + ' ' * indent).join(textwrap.wrap(
            ' '.join(argument.replace(' ', '\0') for argument in arguments),
            WIDTH - indent)).replace('\0', ' ')
    text = '#include %s\n\n%s;' % (name, declared)
    return nodes.literal_block(text, text, language='c', produced=True)


class KernelDoc(KernelDocBase):
    required_arguments = 1

    def run(self):
        header = self.arguments[0]
        items = self.comments(header)
        self.state.document.settings.env.kernel_doc_shown.add(header)
        lines = Lines()
        for item in items:
            self.show(header, item, lines)
        shown = self.parse(lines)
        return names_of(shown) + shown

    def show(self, header, item, lines):
        names = self.state.document.settings.env.kernel_doc_names
        kinds = names.setdefault(item.name, {})
        # A function may have the name of a struct, and may stand there once for each form of it;
        # to Sphinx the two would be one.
        scope = None
        if item.kind in kinds:
            scope = 'again_in_' + re.sub(r'\W', '_', header)
        elif kinds:
            scope = item.kind + '_named'
        kinds.setdefault(item.kind, (scope + '.' if scope else '') + item.name)
        if scope:
            lines.add(header, 0, '.. c:namespace:: ' + scope)
            lines.add(header, 0, '')
        lines.add(header, 0, '.. c:%s:: %s' % (item.kind, item.signature))
        lines.add(header, 0, '')
        for part, pairs in item.parts.items():
            if not any(text.strip() for _, text in pairs):
                continue
            if part not in ('Summary', 'Description'):
                lines.add(header, pairs[0][0], '   **%s**' % part)
                lines.add(header, pairs[0][0], '')
            if part == 'Constants':
                pairs = constants(pairs)
            for number, text in pairs:
                lines.add(header, number, '   ' + plain(text) if text else '')
            lines.add(header, 0, '')
        if scope:
            lines.add(header, 0, '.. c:namespace:: NULL')
            lines.add(header, 0, '')


class KernelDocPart(KernelDocBase):
    required_arguments = 3

    def run(self):
        header, name, part = self.arguments
        found = [item for item in self.comments(header)
                 if item.name == name and item.kind in ('function', 'macro')]
        if not found:
            logger.warning('%s has no comment on %s()', header, name, location=(self.state.document.settings.env.docname, self.lineno))
            return []
        if part == 'Synopsis':
            return [synopsis(header, found[0])]
        if part not in found[0].parts:
            logger.warning('%s() has no part %s in %s', name, part, header, location=(self.state.document.settings.env.docname, self.lineno))
            return []
        lines = Lines()
        begin = part in ('Context', 'Return')
        pairs = found[0].parts[part]
        for number, text in return_list(pairs) if part == 'Return' else pairs:
            lines.add(header, number, plain(capital(text) if begin else text))
            begin = begin and not text
        return self.parse(lines)


class KernelDocDomain(CDomain):
    """The C domain, whose names are found without their scope."""

    def get_objects(self):
        for name, shown, *rest in super().get_objects():
            yield (name, SCOPE.sub('', shown), *rest)


def start(app):
    app.env.kernel_doc_shown = set()
    app.env.kernel_doc_complained = set()
    app.env.kernel_doc_names = {}
    if not find_script():
        raise RuntimeError('there is no kernel-doc: install the Debian package linux-kbuild-*')


def all_shown(app, env):
    for pattern in app.config.kernel_doc_headers:
        for path in sorted(glob.glob(os.path.join(app.config.project_root, pattern))):
            header = os.path.relpath(path, app.config.project_root)
            with open(path) as file:
                commented = re.search(r'^/\*\*$', file.read(), re.M)
            if commented and header not in env.kernel_doc_shown:
                logger.warning('%s has kernel-doc comments but is on no page', header)


def setup(app):
    app.add_config_value('project_root', None, 'env')
    app.add_config_value('project_build', None, 'env')
    app.add_config_value('kernel_doc_headers', [], 'env')
    app.add_domain(KernelDocDomain, override=True)
    app.add_directive('kernel-doc', KernelDoc)
    app.add_directive('kernel-doc-part', KernelDocPart)
    app.connect('builder-inited', start)
    app.connect('env-check-consistency', all_shown)
    return {'parallel_read_safe': False, 'parallel_write_safe': True}
