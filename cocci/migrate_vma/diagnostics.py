# SPDX-License-Identifier: GPL-2.0-only
"""What is said: like a compiler beside a patch, as coccilib does it in the modes report and org."""

import glob
import os
import re
import sys

from .dated import find


def write(mode, place, severity, rule, text):
	"""Says something about a place: file, line, first column and the one behind the last."""
	if mode == "report":
		print("%s:%d:%d-%d: %s: %s [%s]" % (place + (severity.upper(), text, rule)))
	elif mode == "org":
		link = "view:%s::face=ovl-face1::linb=%d::colb=%d::cole=%d" % place
		print("* TODO [[%s][%s @(%s)]]" % (link, text, rule))
	else:
		print("%s:%d:%d: %s: %s [%s]" % (place[0], place[1], place[2] + 1, severity, text, rule),
		      file=sys.stderr)


class Diagnostics:
	def say(self, source, index, severity, rule, text):
		token = source.tokens[index]
		place = source.name, token.line, token.column, token.column + len(token.text)
		if (place, rule) not in self.said:
			self.said.add((place, rule))
			write(self.mode, place, severity, rule, text)

	def leave(self, source, index, rule, text):
		self.problems.append((source, index, rule, text))

	def report_use(self, p, what):
		"""A use of the old API that a rule matched, for the modes that change nothing."""
		source, index = self.locate(p)
		self.say(source, index, "warning", "removed-name", "%s is gone since 5.4" % what)

	def report_unmerged(self):
		for source in self.sources.values():
			for i in source.find("migrate_dma") + source.find("migrate_dma_ops"):
				self.say(source, i, "error", "unmerged-api", "migrate_dma() was posted and "
					 "never merged: what it became is migrate_vma_setup() and its kin")

	def report_comments(self):
		"""Comments in code that goes, and above an ops object, which goes with what is above it."""
		places = [(call.source, call.index, call.index + 1, call.last)
			  for call in self.calls.values()]
		places += [(ops.source, ops.index, ops.source.statement_start(ops.type), ops.last)
			   for ops in self.ops]
		places += [(callback.source, callback.index, callback.index + 1, callback.body)
			   for found in self.callbacks.values() for callback in found
			   if not callback.keeps_signature]
		for source, index, first, last in places:
			directives = [i for i in range(index) if source.tokens[i].directive is not None]
			first = max([first] + [i + 1 for i in directives[-1:]])
			for at, text in source.comments:
				if first <= at <= last and "migrate-vma:" not in text:
					self.say(source, index, "warning", "comment-lost", "a comment in or "
						 "above this is not kept: %s" % " ".join(text.encode(
						 "latin-1").decode("utf-8", "replace").split()))
					break

	def report_build_files(self):
		"""What says when the driver is built is no C: spatch does not see it."""
		folders = {os.path.dirname(source.name) or "." for source in self.sources.values()}
		for name in sorted(n for f in folders for kind in ("Kconfig*", "Makefile*", "Kbuild*")
				   for n in glob.glob(os.path.join(glob.escape(f), kind))):
			for number, line in enumerate(open(name, encoding="latin-1"), 1):
				found = re.search(r"(\b|(?<=-D))(CONFIG_)?MIGRATE_VMA_HELPER\b", line)
				if found:
					write(self.mode, (name, number, found.start(), found.end()), "warning",
					      "guards", "MIGRATE_VMA_HELPER is gone since 5.4: use "
					      "DEVICE_PRIVATE instead")

	def report_neighbours(self):
		"""Other APIs that the target does not have any more."""
		for source in self.sources.values():
			for i, token in enumerate(source.tokens):
				dated = None if token.directive else find(source, i, self.goal)
				if dated and dated.until and not dated.ported and self.goal >= dated.until and \
				   not source.is_kept_out(i, self.goal):
					self.say(source, i, "warning", "neighbour",
						 "%s%s is gone since %d.%d and is not ported: %s" %
						 ((dated.name, dated.form) + dated.until + (dated.instead,)))

	def report_page_setup(self, p):
		"""get_page() and lock_page() of one page: what a free page of the device once needed."""
		source, index = self.locate(p)
		if self.goal < (5, 18) or source.is_kept_out(index, self.goal):
			return
		self.say(source, index, "warning", "neighbour", "if this is a page of the device: %s" % (
			"since 6.1 zone_device_page_init() takes the place of get_page() and lock_page(), "
			"and since 6.19 it is zone_device_page_init(page, pgmap, 0)"
			if self.goal >= (6, 19) else
			"since 6.1 zone_device_page_init(page) takes the place of get_page() and lock_page()"
			if self.goal >= (6, 1) else
			"since 5.18 a free page has a reference already, so get_page() goes and "
			"lock_page() stays"))
