# SPDX-License-Identifier: GPL-2.0-only
"""Where the three steps go: in place of a call, or in a function that takes the place of an ops object."""

import re

from .source import NAME


class Form:
	def is_plain(self, call):
		"""Whether the private argument may be worked out later, or twice, or not at all."""
		text = call.arguments["private"]
		if re.fullmatch(r"NULL|\d+|& \w+( \. \w+)*", text):
			return True
		function = call.source.words(call.function[1], call.function[2])
		shown = any(function[i:i + 2] == ["&", text] for i in range(len(function)))
		return call.local_private and text != call.result and not shown

	def is_declared(self, call, callbacks):
		return all(min(c.source.find(c.name)) < call.index for c in callbacks
			   if c.source == call.source)

	def fits(self, call, callbacks):
		"""Whether what the call passes as private has the type the callbacks want."""
		return call.arguments["private"] == "NULL" or all(
			c.type is None or c.drops("private") or c.type in call.typed for c in callbacks)

	def judge_forms(self):
		for ops in self.ops:
			callbacks = [c for c in (self.callback(ops, m) for m in ops.members) if c]
			types = {c.type for c in callbacks if not c.drops("private")}
			ops.private = "void *"
			if not ops.indirect and not ops.shared:
				if not types and all(self.is_plain(c) for c in ops.calls):
					ops.private = None
				elif len(types) == 1 and None not in types and \
				     all(self.fits(c, callbacks) for c in ops.calls) and \
				     min(ops.type, *(c.index for c in callbacks)) != ops.type:
					ops.private = types.pop()
			for call in ops.calls:
				function = call.source.words(call.function[1], call.function[2])
				shown = any(function[i:i + 2] == ["&", call.result] and
					    not NAME.match(function[i - 1]) for i in range(len(function)))
				if (shown or len(ops.calls) > 1 or ops.indirect or ops.shared or
				    not self.is_plain(call) or not self.is_declared(call, callbacks) or
				    not self.fits(call, callbacks)):
					self.use_function(call)
		for call in self.calls.values():
			if not call.ops:
				self.use_function(call)
			if call.form not in ("expression", "declaration") and not self.has_room(call):
				call.form = "expression"
		for ops in self.ops:
			ops.needs_function = (ops.indirect or ops.shared or not ops.calls or any(
				c.form in ("statement", "declaration", "expression") for c in ops.calls))

	def has_room(self, call):
		"""Whether spatch can put statements before the one with the call."""
		source, i = call.source, call.index
		while source.text(i - 1) not in (";", "{", "}", ":", ")", "else", "do"):
			i = source.match.get(i - 1, i - 1) if source.text(i - 1) == "]" else i - 1
		if source.words(i - 3, i) == ["(", "void", ")"]:
			i -= 3
		head = source.match.get(i - 1, 0) if source.text(i - 1) == ")" else 0
		return source.text(i - 1) != "do" and (
			not head or source.text(head - 1) in ("if", "for", "while"))

	def use_function(self, call):
		call.form = {"condition": "expression", "declaration": "declaration",
			     "expression": "expression"}.get(call.form, "statement")

	def steps(self, ops, args, private):
		"""The calls of the two callbacks; none where a callback does nothing."""
		for member in ("alloc_and_copy", "finalize_and_map"):
			callback = self.callback(ops, member)
			yield (callback.call(args, private) if callback and not callback.is_empty()
			       else "migrate_vma_no_callback()")
