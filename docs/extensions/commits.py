# SPDX-License-Identifier: GPL-2.0-only
"""A commit of the project, as an example of how something is added.

    .. commit:: Show a driver whose copies are asynchronous, with a fence
       :paths: api/include/linux/release.h

shows what it changes: the statistics, or, of the paths that are named, the
diff.  A commit is named by its subject, which stays when a history is rewritten.
Where there is no history, as in an archive of the source, only the subject is
shown; in a clone that has one, a subject that is not in it is a warning.
"""

import subprocess

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from sphinx.util import logging

logger = logging.getLogger(__name__)


def git(env, *arguments):
    result = subprocess.run(['git', '-c', 'safe.directory=*', *arguments], text=True,
                            cwd=env.config.project_root, capture_output=True)
    return result.stdout if result.returncode == 0 else ''


class Commit(Directive):
    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {'paths': directives.unchanged_required}

    def run(self):
        env = self.state.document.settings.env
        subject, paths = self.arguments[0], self.options.get('paths', '').split()
        found = [line.split(' ', 1)[0] for line in git(env, 'log', '--format=%H %s').splitlines()
                 if line.split(' ', 1)[1] == subject]
        text = 'commit: ' + subject
        if found and paths:
            text += '\n\n' + git(env, 'show', '--format=', found[0], '--', *paths)
        elif found:
            text += '\n\n' + git(env, 'show', '--format=', '--stat=78', found[0])
        elif git(env, 'rev-parse', '--is-shallow-repository').strip() == 'false':
            logger.warning('no commit has the subject "%s"', subject,
                           location=(env.docname, self.lineno))
        text = text.rstrip()
        return [nodes.literal_block(text, text, language='diff' if paths else 'none',
                                    produced=True)]


def setup(app):
    app.add_directive('commit', Commit)
    return {'parallel_read_safe': True, 'parallel_write_safe': True}
