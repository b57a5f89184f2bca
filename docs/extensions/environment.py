# SPDX-License-Identifier: GPL-2.0-only
"""What the reference implementation has of the kernel around a driver.

    .. environment::

is a table of every name in api/include and api/stubs that is not documented by
itself, by header: what it does as on Linux, what it does in a simpler way, and
what does nothing.  Simpler is what a comment that begins with "Differs:" or
"Stub:" speaks of, and what is in api/stubs; nothing does what has no body, or
only says what Linux says most of the time.  The names come from ctags, and those
that macros make, such as SetPageUptodate(), from the compiler.
"""

import glob
import os
import re
import shlex
import subprocess
import tempfile

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import ViewList
from sphinx.util.nodes import nested_parse_with_titles

KINDS = ('function', 'prototype', 'macro', 'struct', 'enum', 'enumerator', 'union', 'typedef')
COMMENT = re.compile(r'/\*.*?\*/', re.S)
STATUS = (('real', 'as on Linux'), ('simple', 'simpler'), ('nothing', 'does nothing'))


def headers(root):
    """(path, name in an #include), sorted by name."""
    found = []
    for folder in ('api/include', 'api/stubs'):
        for path in glob.glob(os.path.join(root, folder, '**', '*.h'), recursive=True):
            name = os.path.relpath(path, os.path.join(root, folder))
            if os.path.dirname(name):
                found.append((path, name))
    return sorted(found, key=lambda header: header[1])


def definitions(path):
    """{name: (kind, text)} of what a header offers."""
    with open(path) as file:
        lines = file.read().split('\n')
    out = subprocess.run(['ctags', '-x', '--_xformat=%N\t%K\t%n\t%{end}', '--kinds-C=+px-v',
                          '--language-force=C', '-o', '-', path], capture_output=True, text=True,
                         check=True).stdout
    found = {}
    for line in out.splitlines():
        name, kind, first, last = line.split('\t')
        if kind not in KINDS or name.startswith('_') or re.search(r'_H_?$', name):
            continue
        first = int(first)
        last = int(last) if last else first
        while kind == 'macro' and lines[last - 1].endswith('\\'):
            last += 1
        found.setdefault(name, (kind, '\n'.join(lines[first - 1:last])))
    return found


def declared(root, found):
    """{name in an #include: functions}, as the compiler sees them for the newest release."""
    with tempfile.TemporaryDirectory() as folder:
        source, output = os.path.join(folder, 'all.c'), os.path.join(folder, 'all')
        with open(source, 'w') as file:
            file.write(''.join('#include <%s>\n' % name for _, name in found))
        subprocess.run([os.environ.get('CC', 'gcc'), *shlex.split(os.environ['DOCS_DRIVER_FLAGS']),
                        '-fsyntax-only', '-aux-info', output, source], cwd=root, check=True)
        with open(output) as file:
            lines = re.findall(r'^/\* api/(?:include|stubs)/(\S+?):\d+:\w+ \*/ .*?(\w+) \(', file.read(),
                               re.M)
    functions = {}
    for header, name in lines:
        if not name.startswith('_'):
            functions.setdefault(header, []).append(name)
    return functions


def body(kind, name, text):
    """What a macro or an inline function does; None if that is elsewhere."""
    text = COMMENT.sub('', text).replace('\\\n', ' ')
    if kind == 'macro':
        return re.sub(r'^#\s*define\s+%s(\([^)]*\))?' % re.escape(name), '', text).strip()
    if kind == 'function' and '{' in text:
        return text[text.index('{') + 1:text.rindex('}')].strip()
    return None


def does_nothing(kind, name, text):
    what = body(kind, name, text)
    if what is None:
        return False
    if kind == 'macro' and not re.match(r'#\s*define\s+\w+\(', text):
        return not what
    what = re.sub(r'\(void\)\s*(\w+|\((\w|->|\.|&)+\))', '', what)
    what = re.sub(r'\bdo\b|\bwhile\b|\breturn\b|\b0\b|\bfalse\b|\btrue\b|\bNULL\b|[(){},;\s]', '', what)
    return not what


def is_constant(kind, name, text):
    return kind == 'enumerator' or \
        kind == 'macro' and bool(re.fullmatch(r'\(?-?(0x)?[0-9a-fA-F]+[uUlL]*\)?', body(kind, name, text)))


def remarks(text):
    """The Differs: and Stub: of a header."""
    found = []
    for comment in COMMENT.findall(text):
        comment = re.sub(r'\n[ \t]*\*[ \t]?', '\n', comment[2:-2])
        for part in re.findall(r'(?:Differs|Stub): (.*?)(?:\n\s*\n|$)', comment, re.S):
            found.append(' '.join(part.split()))
    return found


def purpose(text):
    found = re.search(r'^(?:/\*| \*) [\w.-]+\.h - (.*?)(?:\*/|$)', text, re.M)
    return found.group(1).strip() if found else ''


def describe(path, documented, functions):
    """{'real': [...], 'simple': [...], 'nothing': [...]} and the remarks."""
    with open(path) as file:
        text = file.read()
    notes = remarks(text)
    stands_in = '/api/stubs/' in path
    names = {status: [] for status, _ in STATUS}
    for name, (kind, definition) in definitions(path).items():
        if name in documented:
            continue
        shown = name + '()' if kind in ('function', 'prototype') or \
            re.match(r'#\s*define\s+%s\(' % re.escape(name), definition) else name
        if does_nothing(kind, name, definition):
            status = 'nothing'
        elif stands_in and not is_constant(kind, name, definition) or \
                any(re.search(r'(^|[.;:] )%s\(\)' % re.escape(name), note) for note in notes):
            status = 'simple'
        else:
            status = 'real'
        names[status].append(shown)
    listed = {shown.rstrip('()') for status in names.values() for shown in status}
    names['real'] += ['%s()' % name for name in dict.fromkeys(functions)
                      if name not in listed and name not in documented]
    return purpose(text), names, notes


class Environment(Directive):
    def run(self):
        env = self.state.document.settings.env
        root = env.config.project_root
        documented = {item for header in env.config.public_headers
                      for item in definitions(os.path.join(root, header))}
        lines = ['.. list-table::', '   :header-rows: 1', '   :class: stack', '   :widths: 22 14 64',
                 '', '   * - Header', '     - It works', '     - Names']
        env.environment_names = 0
        functions = declared(root, headers(root))
        for path, header in headers(root):
            env.note_dependency(path)
            about, names, notes = describe(path, documented, functions.get(header, []))
            first = '``%s``%s' % (header, about and ': ' + about)
            if notes:
                names['remark'] = notes
            for status, title in STATUS + (('remark', 'differs'),):
                if not names.get(status):
                    continue
                if status == 'remark':
                    text = ' '.join(note[0].upper() + note[1:] for note in notes)
                    text = re.sub(r'([*|`_])(?=\s|$)', r'\\\1', text)
                else:
                    env.environment_names += len(names[status])
                    text = ', '.join('``%s``' % name for name in names[status])
                lines += ['   * - ' + first, '     - ' + title, '     - ' + text]
                first = ''
        node = nodes.section()
        node.document = self.state.document
        nested_parse_with_titles(self.state, ViewList(lines, 'api/include'), node)
        return node.children


def report(app, error):
    if not error and app.builder.name == 'html':
        print('%d names of the environment in %d headers, all in the table' %
              (app.env.environment_names, len(headers(app.config.project_root))))


def setup(app):
    app.add_directive('environment', Environment)
    app.connect('build-finished', report)
    return {'parallel_read_safe': False, 'parallel_write_safe': True}
