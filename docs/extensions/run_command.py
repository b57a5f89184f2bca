# SPDX-License-Identifier: GPL-2.0-only
"""Commands that are run while the pages are made, and what they print.

    .. run::
       :exit: 1

       build/bin/migrate-vma check my-driver/driver.c

Each line is a command, run by sh at the top of a clone of its own for the page
(the folders of the project, and whatever the commands before have made).  A
command that does not exit as told is a warning, and so is output that names a
folder of this machine.  :hide: shows nothing, :show: N
only the first lines, :produces: TEXT must be in the output, and with :needs:
PATH nothing happens as long as there is no such file.

Where the commands stand behind "$ ", what they print stands below them, so that
it can be read without making the pages.  It is a warning when they print
something else; docs/transcript writes it anew.

    .. not-run::

shows commands that take too long for this; it must be targets that make help has, or, with
:elsewhere:, commands for another folder, which nothing checks.
"""

import os
import re
import shutil
import subprocess

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from sphinx.util import logging

logger = logging.getLogger(__name__)

# Drivers are in the first two, which are copied: where a link leads is no place of the clone.
COPIED = ('docs', 'examples')
LINKED = ('Makefile', 'api', 'cocci', 'porting-tool', 'tests', 'build')


def folder_of(env):
    """Where the commands of this page run: a git tree as a clone is one, with room for new files."""
    folder = os.path.join(env.config.project_build, 'docs', 'run', env.docname.replace('/', '-'))
    if env.docname not in env.run_started:
        env.run_started.add(env.docname)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        subprocess.run(['git', 'init', '--quiet', folder], check=True)
        for name in COPIED:
            shutil.copytree(os.path.join(env.config.project_root, name), os.path.join(folder, name))
        for name in LINKED:
            path = os.path.join(env.config.project_root, name)
            if name == 'build':
                path = env.config.project_build
            if os.path.exists(path):
                os.symlink(os.path.abspath(path), os.path.join(folder, name))
    return folder


class Run(Directive):
    has_content = True
    option_spec = {
        'exit': directives.nonnegative_int,
        'hide': directives.flag,
        'show': directives.positive_int,
        'produces': directives.unchanged,
        'needs': directives.unchanged_required,
    }

    def run(self):
        env = self.state.document.settings.env
        needed = os.path.join(env.config.project_root, self.options.get('needs', ''))
        if not os.path.exists(needed):
            return []
        wanted = self.options.get('exit', 0)
        transcript = self.content and self.content[0].startswith('$ ')
        content = [line[2:] for line in self.content if line.startswith('$ ')] if transcript \
            else self.content
        # A line that ends in \ goes on in the next.
        commands = '\n'.join(content).replace('\\\n', '\\\0').split('\n')
        shown, everything = [], ''
        for number, command in enumerate(commands):
            command = command.replace('\0', '\n')
            if not command.strip():
                continue
            result = subprocess.run(['sh', '-c', command], cwd=folder_of(env), text=True,
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                    stdin=subprocess.DEVNULL, timeout=300,
                                    env=dict(os.environ, LC_ALL='C.UTF-8', MAKEFLAGS='',
                                             MAKELEVEL='', V='0', COLUMNS='80'))
            expected = wanted if number == len(commands) - 1 else 0
            if result.returncode != expected:
                logger.warning('"%s" exits with %d, not %d:\n%s', command, result.returncode,
                               expected, result.stdout, location=(env.docname, self.lineno))
            env.run_count += 1
            everything += result.stdout
            lines = result.stdout.rstrip('\n').split('\n') if result.stdout else []
            most = self.options.get('show', len(lines))
            if len(lines) > most:
                lines = lines[:most] + ['[...]']
            shown += ['$ ' + command] + lines
        told = '\n'.join(self.content).rstrip()
        came = '\n'.join(line.expandtabs(8).rstrip() for line in shown).rstrip()
        if transcript and told != came:
            logger.warning('what the commands print is not what stands below them; '
                           'docs/transcript writes:\n%s', came, location=(env.docname, self.lineno))
        for place in (env.config.project_root, env.config.project_build):
            if place in everything:
                logger.warning('the output names %s:\n%s', place, everything,
                               location=(env.docname, self.lineno))
        if self.options.get('produces', '') not in everything:
            logger.warning('"%s" is not in the output:\n%s', self.options['produces'], everything,
                           location=(env.docname, self.lineno))
        if 'hide' in self.options:
            return []
        text = '\n'.join(shown)
        block = nodes.literal_block(text, text, language='console', produced=True)
        block['force'] = True
        return [block]


class NotRun(Directive):
    """Commands that take too long for this, or change the machine: only that they exist is checked."""
    has_content = True
    option_spec = {'elsewhere': directives.flag}

    def run(self):
        env = self.state.document.settings.env
        known = subprocess.run(['make', '--no-print-directory', 'help'], text=True,
                               cwd=env.config.project_root, stdout=subprocess.PIPE,
                               env=dict(os.environ, MAKEFLAGS='', MAKELEVEL='')).stdout
        for line in self.content:
            found = re.match(r'make ([a-z-]+)', line)
            if 'elsewhere' in self.options or line.startswith(' ') or not line:
                continue
            if not found or not re.search(r'make %s\b(?!-)' % found.group(1), known):
                logger.warning('make help does not know "%s"', line,
                               location=(env.docname, self.lineno))
        env.not_run_count += sum(1 for line in self.content if line[:1].strip())
        text = '\n'.join(('' if line.startswith(' ') or not line else '$ ') + line
                         for line in self.content)
        return [nodes.literal_block(text, text, language='console', produced=True, force=True)]


def start(app):
    app.env.run_started = set()
    app.env.run_count = 0
    app.env.not_run_count = 0


def setup(app):
    app.add_directive('run', Run)
    app.add_directive('not-run', NotRun)
    app.connect('builder-inited', start)
    return {'parallel_read_safe': False, 'parallel_write_safe': True}
