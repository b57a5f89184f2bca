# SPDX-License-Identifier: GPL-2.0-only
"""The owner of the device memory, which a call names since 5.7."""

import re

from .direction import TO_DEVICE, TO_RAM
from .source import NAME, text_of


class Owner:
	def is_file_scope(self, source, name, before):
		return any(source.function_at(i) is None and source.text(i + 1) in ("=", ";", ",", "[")
			   for i in source.find(name, 0, before))

	def owner_values(self):
		"""The values that the owner of a pagemap gets in the files."""
		for source in self.sources.values():
			for i, token in enumerate(source.tokens):
				if not (token.text == "owner" and source.is_member(i) and
					source.text(i + 1) == "="):
					continue
				before = source.words(source.statement_start(i), i)
				if source.function_at(i) is None:
					before = source.words(max(0, i - 60), i)
				if any("pagemap" in w or "pgmap" in w for w in before):
					end = i + 2
					while source.text(end) not in (";", ",", "}", ""):
						end += 1
					yield source, source.words(i + 2, end)

	def can_name(self, call, source, name):
		"""Whether an object at file scope can be named at a call."""
		if source == call.source:
			return self.is_file_scope(source, name, call.function[0])
		return any(self.is_file_scope(other, name, len(other.tokens)) for other in
			   self.sources.values() if other == call.source or other.name.endswith(".h"))

	def has_several_owners(self):
		return len({text_of(words) for source, words in self.owner_values()}) > 1

	def existing_owner(self, call):
		for source, words in self.owner_values():
			names = [w for i, w in enumerate(words) if NAME.match(w) and
				 words[i - 1:i] not in (["."], ["->"])]
			if names and self.can_name(call, source, names[0]):
				return text_of(words)
		return None

	def hinted_owner(self, call):
		hints = call.source.hints(call.source.statement_start(call.index), call.last)
		found = re.search(r"migrate-vma:.*owner=([^\s,*]+)", hints)
		return found.group(1) if found else None

	def fault_owner(self, call):
		vmf = self.fault_of(call)
		if not vmf:
			return None
		return ("page_pgmap(%s->page)->owner" if self.goal >= (6, 15)
			else "%s->page->pgmap->owner") % vmf

	def choose_owner(self):
		"""An owner for a driver that has none: an object that the pagemap is part of."""
		places = [(source, i) for source in self.sources.values() for i, token in
			  enumerate(source.tokens) if token.text == "MEMORY_DEVICE_PRIVATE" and
			  source.text(i - 1) == "=" and source.text(i - 2) == "type"]
		if not places or any(True for _ in self.owner_values()):
			return None
		source, index, base = self.setups[0] if self.setups else (places[0] + ("",))
		name, calls = base.split(".")[0], self.calls.values()
		if len(places) == len(self.setups) == 1 and "." in base and NAME.match(name) and \
		   all(self.can_name(call, source, name) for call in calls):
			return "&" + name
		if len(places) != len(self.setups) or any(s[0] != source for s in self.setups) or \
		   any(call.source != source for call in calls):
			self.leave(source, index, "owner-unknown", "device memory has to have an owner "
				   "since 5.7, and this one has none that the calls could name: set one "
				   "in the dev_pagemap first")
			return None
		self.owner_tag = self.stem(source) + "_pgmap_owner"
		while self.is_taken(self.owner_tag):
			self.owner_tag += "_"
		return "&" + self.owner_tag

	def judge_owners(self):
		self.new_owner = self.owner_tag = None
		if not self.release.owner:
			return
		self.new_owner = self.choose_owner()
		for call in self.calls.values():
			if self.release.owner_only_to_ram and call.direction == TO_DEVICE:
				continue
			call.owner = (self.hinted_owner(call) or self.new_owner or
				      self.existing_owner(call) or self.fault_owner(call))
			if self.release.owner_only_to_ram and call.direction == TO_DEVICE | TO_RAM:
				self.leave(call.source, call.index, "direction", "5.7 and 5.8 collect "
					   "system memory or device memory, not both in one call: "
					   "/* migrate-vma: to-device */ or /* migrate-vma: to-ram */ above "
					   "it says which")
			elif self.has_several_owners() and not self.hinted_owner(call):
				self.leave(call.source, call.index, "owner-unknown", "there are several owners "
					   "of device memory in these files, and it cannot be told which this "
					   "call means: say it in a comment above: /* migrate-vma: owner=NAME */")
			elif not call.owner and call.direction & TO_RAM:
				self.leave(call.source, call.index, "owner-unknown", "this call takes back "
					   "device memory, and since 5.7 has to name its owner: give the "
					   "file that sets up the dev_pagemap as well, or say it in a "
					   "comment above: /* migrate-vma: owner=NAME */")
			elif not call.owner:
				self.say(call.source, call.index, "note", "owner-unknown", "%s is not "
					 "set, because no dev_pagemap was found in the files given"
					 % self.release.owner)
