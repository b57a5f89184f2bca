# SPDX-License-Identifier: GPL-2.0-only
"""What the rules found: each match is handed to one of these functions."""

import re

from .objects import Call, Callback, Ops
from .source import NAME, text_of
from .tables import MEMBERS, ROLES


class Found:
	def locate(self, p):
		source = self.sources[p.file]
		return source, source.at.get((int(p.line), int(p.column)), -1)

	def understand(self, p, word=None):
		"""Takes note that the rules match the use of the old API at a position."""
		source, index = self.locate(p)
		if word:
			index = max(source.find(word, 0, index), default=-1)
		self.understood.add((source.name, index))

	def found_call(self, p, *arguments):
		source, index = self.locate(p)
		if source.text(index) == "migrate_vma" and not source.tokens[index].directive:
			self.understand(p)
			self.calls[source.name, index] = Call(source, index, arguments)

	def call_at(self, p):
		source, index = self.locate(p)
		return self.calls.get((source.name, index))

	def found_form(self, p, form, result=None):
		call = self.call_at(p)
		if call and call.form == "expression":
			call.form, call.result = form, result

	def found_local_private(self, p):
		if self.call_at(p):
			self.call_at(p).local_private = True

	def found_type(self, p, type):
		"""A type that the private argument of a call has."""
		if self.call_at(p):
			self.call_at(p).typed.add(re.sub(r" ?\[.*\]$", " *", type))

	def found_ops(self, p, initialisers):
		source, index = self.locate(p)
		members = {}
		for position, item in enumerate(initialisers.split(",")):
			words = item.split()
			member = MEMBERS[position] if position < 2 else ""
			if words[:1] == ["."]:
				member, words = words[1], words[3:]
			if words[:1] == ["&"]:
				words = words[1:]
			if member not in MEMBERS or len(words) != 1 or not NAME.match(words[0]):
				return
			members[member] = None if words[0] == "NULL" else words[0]
		self.understand(p, "migrate_vma_ops")
		if not any(o.source == source and o.index == index for o in self.ops):
			self.ops.append(Ops(source, index, members))

	def found_pointer(self, p):
		self.understand(p, "migrate_vma_ops")
		self.pointers.append(self.locate(p))

	def found_callback(self, p, *names):
		source, index = self.locate(p)
		found = Callback(source, index, names)
		if not any(c.index == index for c in self.callbacks.setdefault(found.name, [])):
			self.callbacks[found.name].append(found)

	def found_address(self, p):
		self.addresses.add(self.locate(p))

	def found_fault(self, p, f, vmf):
		self.faults[p.file, f] = vmf

	def found_private(self, p, type, variable, value):
		"""T *t = private; as a statement of the body itself, and the only use of it."""
		source, index = self.locate(p)
		for callback in self.callbacks.get(source.function_name(index), ()):
			uses = source.find(value, callback.body, callback.end)
			if (callback.names["private"] == value and callback.source == source and
			    len(uses) == 1 and source.block_at(index) == callback.body and
			    source.text(uses[0] + 1) == ";" and type.endswith("*") and
			    not source.find(variable, callback.body, index) and
			    source.text(source.statement_start(index)) not in ("static", "register")):
				callback.type, callback.variable = type, variable

	def is_masked(self, source, i):
		"""x & (FLAG | ...), ~FLAG and comparisons mean more than one thing."""
		outer = max((j for j in source.match if j < i < source.match[j]), default=0)
		around = source.words(outer - 2, outer + 1) if source.text(outer) == "(" else []
		return (around[1:2] == ["&"] and bool(re.match(r"\w|[])]", around[0])) or
			source.text(i - 1) == "~" or source.text(i + 1) in ("==", "!=") or
			source.text(i - 1) in ("==", "!="))

	def is_used_as_value(self, source, index):
		"""Whether the macro in whose text a flag is stands for what is stored, everywhere."""
		name = max((i for i in range(index) if source.text(i - 1) == "define" and
			    source.text(i - 2) == "#"), default=None)
		return name is not None and all(
			other.text(i - 1) in ("=", "|=", "return")
			for other in self.sources.values() for i in other.find(source.text(name))
			if (other, i) != (source, name))

	def found_flag(self, p, operand=None):
		"""A use of a PFN flag.  A test, which has an operand, is rewritten as a condition."""
		source, index = self.locate(p)
		if operand:
			plain = re.fullmatch(r"[*\w>.\[\] +-]+", operand) and "++" not in operand
			around = source.text(index + 1), source.text(index + 2)
			condition = around[0] in ("&&", "||", "?") or around[0] == ")" and (
				around[1] in ("&&", "||", "?", ")") or not re.match("[=!<>|&^+*/%]", around[1]))
			if not plain or "--" in operand or not condition:
				return
		elif source.text(index) != "MIGRATE_PFN_ERROR" and (
				self.is_masked(source, index) or source.tokens[index].directive and
				not self.is_used_as_value(source, index)):
			return
		self.understand(p)

	def found_option(self, p):
		self.understand(p)

	def found_setup(self, p, base):
		source, index = self.locate(p)
		self.setups.append((source, index, text_of(base.split())))
