# SPDX-License-Identifier: GPL-2.0-only
"""Mistakes in a driver of the three steps: what was found, and whether it is to be said."""

import os
import re

from .dated import find
from .diagnostics import write
from .source import Source

BASIC_MEMBERS = ("vma", "start", "end", "src", "dst")


class Findings:
	def __init__(self, release, mode):
		self.release, self.goal, self.mode = release, release.number, mode
		self.sources, self.said = {}, set()
		self.members, self.handed_on, self.faults, self.finalized = {}, set(), set(), set()
		self.directions, self.lockers = {}, set()

	def source(self, name):
		if name not in self.sources:
			self.sources[name] = Source(name)
		return self.sources[name]

	def has_work(self, names):
		"""Whether any of the files uses the API: of a whole tree hardly one does."""
		api = re.compile(r"\bmigrate_(vma|device)|\bMIGRATE_(PFN|VMA)_|dev_pagemap|\bzone_device_")
		return any(api.search(open(name, encoding="latin-1").read()) for name in names)

	# What is said

	def allows(self, p, rule):
		"""Whether a comment on the line, or on the one above, reads migrate-vma: allow RULE."""
		for line, comment in self.source(p.file).comment_ends:
			found = re.search(r"migrate-vma: allow ([a-z, -]+)", comment)
			if found and line in (int(p.line) - 1, int(p.line)) and \
			   rule in re.split(r"[ ,]+", found.group(1)):
				return True
		return False

	def found(self, rule, p, text):
		"""Says what a rule found, once."""
		place = p.file, int(p.line), int(p.column), int(p.column_end)
		if (place, rule) not in self.said and not self.allows(p, rule):
			self.said.add((place, rule))
			if self.mode != "context":
				write(self.mode, place, "warning", rule, text)
		return False

	def is_said(self, p):
		"""Whether something was said about a place within this one, for the mode context."""
		return any(place[0] == p.file and (int(p.line), int(p.column)) <= place[1:3] <=
			   (int(p.line_end), int(p.column_end)) for place, rule in self.said)

	# Names

	def is_own_name(self, source, name):
		"""A driver may bring a name of its own, also in a header beside it."""
		return any(name in text.macros or any(text.text(f[0]) == name for f in text.functions)
			   for text in [source] + self.headers(source))

	def headers(self, source):
		names = [source.text(i + 1).strip('"') for i in source.find("include")
			 if source.text(i + 1)[:1] == '"']
		paths = [os.path.join(os.path.dirname(source.name), name) for name in names]
		return [self.source(path) for path in paths if os.path.isfile(path)]

	def name(self, p):
		"""Looks a name up in the table of migrate-vma."""
		source = self.source(p.file)
		index = source.at.get((int(p.line), int(p.column)), -1)
		dated = find(source, index, self.goal) if index >= 0 else None
		if not dated or source.is_conditional(index) or self.is_own_name(source, dated.name):
			return False
		if dated.until and self.goal >= dated.until:
			return self.found("removed-name", p, "%s%s is gone since Linux %d.%d: %s" %
					  ((dated.name, dated.form) + dated.until + (dated.instead,)))
		return self.found("later-name", p, "%s%s is there only since Linux %d.%d; before: %s" %
				  ((dated.name, dated.form) + dated.since + (dated.instead,)))

	# Members of struct migrate_vma

	def sets(self, p, variable, member, value=""):
		key = p.file, p.current_element, variable
		self.members.setdefault(key, set()).add(member)
		if member == "flags":
			self.directions[key] = self.directions.get(key, "") + value
		return False

	def sets_all(self, p, variable, initialisers):
		for item in initialisers.split(","):
			found = re.match(r" *\. (\w+) =(.*)", item)
			if found:
				self.sets(p, variable, found.group(1), found.group(2))
		return False

	def note(self, places, p, *key):
		places.add((p.file, p.current_element) + key)
		return False

	def missing(self, p, variable):
		"""The members that the target needs and nobody sets before a setup."""
		key = p.file, p.current_element, variable
		if (p.file, p.line, p.column) in self.handed_on:
			return []
		names = list(BASIC_MEMBERS)
		fault = (p.file, p.current_element) in self.faults
		device = fault or "DEVICE" in self.directions.get(key, "")
		if self.release.flags:
			names.append("flags")
		# A fault of the driver's own mapping moves pages to the device.
		if self.directions.get(key, "") and "DEVICE" not in self.directions[key]:
			device = fault = False
		if self.release.owner and device:
			names.append(self.release.owner)
		if self.release.fault_page and fault:
			names.append("fault_page")
		return [name for name in names if name not in self.members.get(key, set())]

	def garbage(self, p, variable):
		"""The members that a struct that was not zeroed holds garbage in."""
		if (p.file, p.line, p.column) in self.handed_on:
			return []
		names = list(BASIC_MEMBERS)
		names += [self.release.owner] if self.release.owner else []
		names += ["flags"] if self.release.flags else []
		names += ["fault_page"] if self.release.fault_page else []
		known = self.members.get((p.file, p.current_element, variable), set())
		return [name for name in names if name not in known]
