# SPDX-License-Identifier: GPL-2.0-only
"""A look at what came out, before it is kept."""

import os
import sys

from .source import Source


class PortFailed(Exception):
	"""Raised in a rule, makes spatch drop all changes to the files."""


def report_failure(kind, error, trace):
	if kind is PortFailed:
		print(error, file=sys.stderr)
	else:
		sys.__excepthook__(kind, error, trace)


sys.excepthook = report_failure


class Result:
	def found_result(self, p):
		self.results.append((p.file, int(p.line), int(p.column)))

	def check_results(self):
		"""Looks at each function as it is now: spatch writes those it changed to files."""
		objects = {o.name for o in self.ops if not o.function} - {o.helper for o in self.ops}
		for name, line, column in self.results:
			source = self.sources.get(name) or Source(name)
			function = source.function_at(source.at.get((line, column), -1))
			words = source.words(*(function[0], function[2]) if function else (0, None))
			for i, word in enumerate(words):
				if words[i + 1:i + 5] == ["=", "(", "struct", "migrate_vma"] and \
				   " ".join(words[:i]).count("struct migrate_vma " + word) == 0 and \
				   ", " + word + " ;" not in " ".join(words[:i]):
					self.fail(word)
			for i in range(*(function[0], function[2]) if function else (0, len(source.tokens))):
				word = source.text(i)
				if (self.is_old(source, i) or word.startswith("migrate_vma_call_") or
				    word == "migrate_vma_no_callback" or word in objects and
				    not source.is_member(i)) and not source.is_dead(i):
					self.fail(word)

	def fail(self, what):
		if not os.environ.get("COCCI_DEBUG"):
			raise PortFailed("%s: error: stays as it is, because spatch could not change "
					 "every use of %s [self-check]" % (" ".join(self.sources), what))
