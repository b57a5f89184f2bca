# SPDX-License-Identifier: GPL-2.0-only
"""Which way a call moves pages: to the device, or back to system memory."""

from .source import NAME

# Where alloc_and_copy() gets its pages from tells the direction of a call.
SYSTEM_ALLOCATORS = (
	"alloc_page", "alloc_pages", "alloc_page_vma", "alloc_pages_vma", "alloc_pages_node",
	"alloc_page_vma_node", "alloc_pages_current", "hmm_vma_alloc_locked_page",
	"vma_alloc_folio", "__alloc_pages_node", "alloc_page_interleave")
DEVICE_ALLOCATORS = (
	"pfn_to_page", "zone_device_data", "zone_device_page_init", "zone_device_page",
	"hmm_devmem")
DEVICE_PAGES = (
	"is_device_private_page", "MIGRATE_PFN_DEVICE", "zone_device_data",
	"hmm_devmem_page_get_drvdata", "is_zone_device_page")
DEVICE_MEMORY = (
	"MEMORY_DEVICE_PRIVATE", "dev_pagemap", "dev_pagemap_ops", "hmm_devmem_add",
	"hmm_devmem_ops", "migrate_to_ram", "hmm_devmem")
TO_DEVICE, TO_RAM, LIKELY_TO_DEVICE = 1, 2, 4


class Direction:
	def body_of(self, name, near):
		bodies = [(source, function) for source in self.sources.values()
			  for function in source.functions if source.text(function[0]) == name]
		return next((b for b in bodies if b[0] == near), bodies[0] if bodies else None)

	def allocates(self, name, near):
		"""Whether a function hands out pages of system memory, or of the device."""
		found = self.body_of(name, near)
		if name in SYSTEM_ALLOCATORS:
			return TO_RAM
		if not found:
			return LIKELY_TO_DEVICE
		source, (first, body, last) = found
		return (TO_RAM if source.mentions(SYSTEM_ALLOCATORS, first, last) and
			not source.mentions(DEVICE_ALLOCATORS, first, last) else TO_DEVICE)

	def assigned_pages(self, source, body, last, name, member, depth):
		found = 0
		for i in range(body, last):
			at = i + 1
			if source.text(i) != name or source.is_member(i) != member:
				continue
			while source.text(at) == "[":
				at = source.match.get(at, at) + 1
			if source.text(at) != "=":
				continue
			at += 1
			while at < last and source.text(at) not in (";", ","):
				if NAME.match(source.text(at)) and source.text(at + 1) == "(":
					found |= (self.pages_of(source, body, last, at, depth - 1)
						  if source.text(at) == "page_to_pfn" else
						  self.allocates(source.text(at), source))
					at = source.match.get(at + 1, at)
				at += 1
		return found

	def pages_of(self, source, body, last, call, depth=4):
		"""Where the pages come from that the arguments of a call name."""
		found = 0
		for i in range(call + 2, source.match.get(call + 1, call)) if depth > 0 else ():
			if NAME.match(source.text(i)) and source.text(i + 1) not in ("(", "->", "."):
				found |= self.assigned_pages(source, body, last, source.text(i),
							     source.is_member(i), depth)
		return found

	def look_into(self, source, function, depth=2):
		"""What a callback, and the functions it calls, fill dst with, skip, and look at."""
		first, body, last = function
		found = wanted = 0
		for i in range(body, last):
			start = source.statement_start(i)
			end = next((j for j in range(i, last) if source.text(j) == ";"), last)
			by_hand = (source.text(i) == "page_to_pfn" and
				   "MIGRATE_PFN_SHIFT" in source.words(start, end))
			if source.text(i) == "migrate_pfn" or by_hand:
				found |= self.pages_of(source, body, last, i)
			# if (!is_device_private_page(page)) continue;
			if source.text(i) == "is_device_private_page" and source.text(i + 1) == "(":
				head = max((j for j in source.match if j < i < source.match[j] and
					    source.text(j - 1) == "if"), default=None)
				leaves = head and source.text(source.match[head] + 1) in (
					"return", "continue", "break", "goto")
				wanted |= (TO_RAM if source.text(i - 1) == "!" else TO_DEVICE) if leaves else 0
		device = source.mentions(DEVICE_PAGES, body, last)
		for i in range(body, last) if depth else ():
			other = (self.body_of(source.text(i), source)
				 if source.text(i + 1) == "(" and NAME.match(source.text(i)) else None)
			if other and other[1] != function:
				more = self.look_into(other[0], other[1], depth - 1)
				found, wanted, device = found | more[0], wanted | more[1], device or more[2]
		return found, wanted, device

	def judge_direction(self, call):
		both = TO_DEVICE | TO_RAM
		hints = call.source.hints(call.source.statement_start(call.index), call.last)
		for word, direction in (("to-device", TO_DEVICE), ("to-ram", TO_RAM), ("both", both)):
			if "migrate-vma: " + word in hints:
				call.direction = direction
				return
		found, wanted, device = 0, 0, False
		for ops in [call.ops] if call.ops else self.ops:
			alloc = self.callback(ops, "alloc_and_copy")
			if alloc:
				more = self.look_into(alloc.source, (alloc.index, alloc.body, alloc.end))
				found, wanted, device = found | more[0], wanted | more[1], device or more[2]
		likely, found = found & LIKELY_TO_DEVICE, found & both
		if likely and found == TO_RAM:
			found = both
		private = any(s.mentions(DEVICE_MEMORY) for s in self.sources.values())
		if self.fault_of(call) and found != TO_DEVICE:
			call.direction = TO_RAM
		elif found != TO_RAM and not wanted and self.tests_device_pages(call):
			call.direction = both
		elif found in (TO_DEVICE, both):
			call.direction = found
		elif wanted in (TO_DEVICE, TO_RAM):
			call.direction = wanted
		elif found == TO_RAM and device:
			call.direction = TO_RAM
		elif not private or (not found and (likely or self.fills_nothing(call))):
			call.direction = TO_DEVICE
		else:
			call.direction = both
			if self.release.flags:
				self.say(call.source, call.index, "note", "direction", "cannot tell which "
					 "way this call moves pages, so it takes system and device memory as "
					 "migrate_vma() did; a comment above it narrows that: "
					 "/* migrate-vma: to-device */ or /* migrate-vma: to-ram */")

	def tests_device_pages(self, call):
		"""Whether the callback tells pages of the device apart, and moves them as well."""
		alloc = self.callback(call.ops, "alloc_and_copy") if call.ops else None
		tests = False
		for i in range(alloc.body, alloc.end) if alloc else ():
			source = alloc.source
			if source.words(i, i + 2) != ["&", "MIGRATE_PFN_DEVICE"]:
				continue
			head = max((j for j in source.match if j < i < source.match[j] and
				    source.text(j - 1) == "if"), default=None)
			inner = max((j for j in source.match if j < i < source.match[j]), default=0)
			if source.text(inner - 1) == "!":
				return False
			after = source.match[head] + 1 if head else 0
			after += source.text(after) == "{"
			if head and source.text(after) in ("return", "continue", "break", "goto"):
				return False
			tests = tests or head is not None
		return tests

	def fills_nothing(self, call):
		callbacks = [self.callback(call.ops, member) for member in call.ops.members] \
			if call.ops else [None]
		return all(c and not c.keeps_signature and not c.uses("dst") for c in callbacks)
