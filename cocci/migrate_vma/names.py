# SPDX-License-Identifier: GPL-2.0-only
"""Names for what is new."""

import os
import re


class Names:
	def is_taken(self, name):
		return any(token.text == name for source in self.sources.values()
			   for token in source.tokens)

	def stem(self, source):
		return re.sub(r"\W", "_", os.path.splitext(os.path.basename(source.name))[0])

	def name_helpers(self):
		"""foo_migrate_vma_ops, foo_migrate_ops, foo_ops and foo all give foo_migrate."""
		names = set()
		for ops in self.ops:
			stem = ops.name
			for ending in ("_ops", "_operations", "_vma", "_migrate", "_migration"):
				if stem.endswith(ending) and stem != ending:
					stem = stem[:-len(ending)]
			if stem in ("migrate", "ops"):
				stem = (ops.source.text(ops.function[0]) if ops.function
					else self.stem(ops.source))
			name, number = stem + "_migrate", 0
			while name in names or (self.is_taken(name) and name != ops.name):
				number += 1
				name = stem + "_migrate_range" + ("" if number == 1 else str(number))
			names.add(name)
			ops.helper = name

	def name_variables(self):
		for call in self.calls.values():
			first, body, last = call.function
			used = {c.variable for c in self.calls.values() if c.function == call.function
				and c.source == call.source}
			names = ["args", "migrate", "migrate_args", "vma_args"]
			names += ["args%d" % number for number in range(2, 100)]
			call.variable = next(name for name in names if name not in used and
					     not call.source.mentions((name,), first, last))
