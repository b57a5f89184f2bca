# SPDX-License-Identifier: GPL-2.0-only
"""What a driver of the callback API is made of."""

from .source import NAME
from .tables import ROLES


class Ops:
	"""A struct migrate_vma_ops, and the function that takes its place."""
	def __init__(self, source, index, members):
		self.source, self.index, self.members = source, index, members
		self.name, self.function = source.text(index), source.function_at(index)
		self.type = max(source.find("migrate_vma_ops", 0, index))
		self.last = index
		while source.text(self.last) not in (";", ","):
			self.last = source.match.get(self.last + 1, self.last + 1)
		self.helper, self.indirect, self.shared, self.calls = None, False, False, []


class Callback:
	"""A callback: what its parameters are called, and which of them stay."""
	def __init__(self, source, index, names):
		self.source, self.name, self.names = source, source.text(index), dict(zip(ROLES, names))
		self.index, self.body, self.end = source.function_at(index)
		self.keeps_signature, self.keeps_linkage = False, False
		self.type, self.variable = None, None

	def uses(self, role):
		"""Whether the body names the parameter, or uses a macro that does."""
		name, source = self.names[role], self.source
		if role == "private" and self.type:
			name = self.variable
		return bool(source.find(name, self.body, self.end)) or any(
			name in words for word in source.words(self.body, self.end)
			for words in source.macros.get(word, ()))

	def drops(self, role):
		return not self.keeps_signature and not self.uses(role)

	def is_empty(self):
		return (self.body + 1 == self.end and not self.keeps_signature and
			not self.source.hints(self.index - 8, self.end))

	def call(self, args, private):
		"""The call that takes the place of the one the core made."""
		values = [args + role for role in ROLES[:-1] if not self.drops(role)]
		if not self.drops("private"):
			values.append(private)
		return "%s(%s)" % (self.name, ", ".join(values))


class Call:
	"""A call of migrate_vma()."""
	def __init__(self, source, index, arguments):
		self.source, self.index = source, index
		self.arguments = dict(zip(("ops",) + ROLES[:1] + ("start", "end", "src", "dst",
							       "private"), arguments))
		self.function = source.function_at(index)
		self.last = source.match.get(index + 1, index)
		self.form, self.result, self.typed = "expression", None, set()
		self.ops, self.variable = None, None
		self.direction, self.owner, self.fault_page = 0, None, None
		self.undeclared = self.local_private = False
