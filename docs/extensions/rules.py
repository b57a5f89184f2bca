# SPDX-License-Identifier: GPL-2.0-only
"""The rules of migrate-vma, from what `migrate-vma explain` says.

    .. rules:: check        the rules of check; port: the messages of port

Each rule gets a label, rule-NAME.  Before them all stands a list of what each is
about.

    .. machine-rules::      what the reference implementation checks at run time

is the table in api/kernel/report.h.
"""

import os
import re
import subprocess

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import ViewList
from sphinx.util.nodes import nested_parse_with_titles


def explain(config, *arguments):
    tool = os.path.join(config.project_build, 'bin', 'migrate-vma')
    return subprocess.run([tool, 'explain', *arguments], capture_output=True, text=True,
                          check=True).stdout


def names(config):
    """{'check': [...], 'port': [...]}, in the order of the list."""
    found, command = {}, None
    for line in explain(config).splitlines():
        heading = re.match(r'What `migrate-vma (\w+)`', line)
        rule = re.match(r'  ([a-z][a-z-]+)  ', line)
        if heading:
            command = heading.group(1)
            found[command] = []
        elif rule:
            found[command].append(rule.group(1))
    return found


def as_rst(name, text):
    head, kind, _, *body = text.splitlines()
    title = '%s: %s' % (name, head.split(': ', 1)[1])
    lines = ['.. _rule-%s:' % name, '', title, '-' * len(title), '', '*%s*' % kind, '']
    inside = False
    for line in body:
        code = line.startswith('\t') or (inside and not line)
        if code and not inside:
            lines += ['.. code-block:: c', '']
        if inside and not code:
            lines.append('')
        inside = code
        entry = re.match(r'  (\S.*?)  +(\S.*)$', line)
        if entry:
            lines += ['', entry.group(1), '   ' + entry.group(2)]
        elif line.startswith('   ') and not code:
            lines.append('   ' + line.strip())
        elif code:
            lines.append('   ' + line[1:] if line else '')
        else:
            lines.append(line.replace('*', '\\*').replace('_ ', '\\_ '))
    return lines


class Rules(Directive):
    required_arguments = 1

    def run(self):
        config = self.state.document.settings.env.config
        lines = ViewList()
        texts = {name: explain(config, name) for name in names(config)[self.arguments[0]]}
        for name, text in texts.items():
            about = text.splitlines()[0].split(': ', 1)[1]
            for line in (':ref:`%s <rule-%s>`' % (name, name), '   ' + about):
                lines.append(line, 'migrate-vma explain ' + name)
        lines.append('', 'migrate-vma explain')
        for name, text in texts.items():
            for line in as_rst(name, text) + ['']:
                lines.append(line, 'migrate-vma explain ' + name)
        node = nodes.section()
        node.document = self.state.document
        nested_parse_with_titles(self.state, lines, node)
        for block in node.findall(nodes.literal_block):
            block['produced'] = True
        return node.children


class MachineRules(Directive):
    def run(self):
        config = self.state.document.settings.env.config
        with open(os.path.join(config.project_root, 'api', 'kernel', 'report.h')) as file:
            found = re.findall(r'^\s*RULE\(\w+,\s*"([a-z-]+)",[\s\\]*"((?:[^"]|"[\s\\]*")*)"\)',
                               file.read(), re.M)
        if len(found) < 10:
            raise self.error('no table of rules found in api/kernel/report.h')
        lines = ViewList()
        for name, text in found:
            text = re.sub(r'"[\s\\]*"', '', text)
            for line in ('``%s``' % name, '   ' + text, ''):
                lines.append(line, 'api/kernel/report.h')
        node = nodes.section()
        node.document = self.state.document
        self.state.nested_parse(lines, 0, node)
        return node.children


def setup(app):
    app.add_directive('rules', Rules)
    app.add_directive('machine-rules', MachineRules)
    return {'parallel_read_safe': True, 'parallel_write_safe': True}
