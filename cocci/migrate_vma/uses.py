# SPDX-License-Identifier: GPL-2.0-only
"""Every use of the old API in the text, whether or not a rule matched it."""


class Uses:
	def is_old(self, source, i):
		word = source.text(i)
		if word in ("migrate_vma_ops", "CONFIG_MIGRATE_VMA_HELPER", "MIGRATE_PFN_ERROR",
			    "MIGRATE_PFN_DEVICE"):
			return True
		if word == "MIGRATE_PFN_LOCKED":
			return not self.release.pfn_locked
		return (word == "migrate_vma" and source.text(i - 1) != "struct" and
			not source.is_member(i))

	def uses(self):
		for source in self.sources.values():
			for i in range(len(source.tokens)):
				if self.is_old(source, i):
					yield source, i

	def has_old_api(self):
		if any(source.text(f[0]) == "migrate_vma" for source in self.sources.values()
		       for f in source.functions) and not any(source.find("migrate_vma_ops")
							      for source in self.sources.values()):
			return False
		return any(source.text(i).startswith("migrate_vma") or
			   source.text(i) == "CONFIG_MIGRATE_VMA_HELPER"
			   for source, i in self.uses())

	def explain(self, source, i):
		word, directive = source.text(i), source.tokens[i].directive
		if word == "CONFIG_MIGRATE_VMA_HELPER":
			return "guards", "a semantic patch cannot change an #if, and this option is " \
				"gone: replace it with CONFIG_DEVICE_PRIVATE first"
		if directive == "define":
			return "in-macro", "%s is used in the text of a macro" % word
		if directive:
			return "guards", "%s is used in a directive" % word
		if word == "migrate_vma":
			if source.function_at(i) is None:
				return "address-taken", "migrate_vma is used without being called"
			if source.text(i + 1) != "(":
				return "address-taken", "migrate_vma is used without being called"
			if len(source.arguments(i)) != 7:
				return "argument-count", "this call does not have seven arguments"
			return "not-understood", "spatch could not read the code around this call"
		if word == "migrate_vma_ops":
			return "ops-shape", "this use of struct migrate_vma_ops is not understood"
		return "pfn-flag", "this use of %s cannot be rewritten mechanically" % word

	def check_uses(self):
		for source, i in self.uses():
			if source.is_dead(i):
				self.say(source, i, "warning", "dead-code", "this is not compiled, and "
					 "stays as it is")
				continue
			if (source.name, i) not in self.understood:
				self.leave(source, i, *self.explain(source, i))
			else:
				self.check_arms(source, i)

	def check_statement(self, source, i):
		"""if (x) #ifdef Y call(); #endif: a brace would stand on the wrong side of the #ifdef."""
		directive = i
		while directive > 0 and source.tokens[directive].directive is None and (
				source.text(directive - 1) not in (";", "{", "}")):
			directive -= 1
		before = directive
		while before > 0 and source.tokens[before].directive is not None:
			before -= 1
		if before != directive and source.text(before) not in (";", "{", "}", ":"):
			self.leave(source, i, "not-understood", "an #if stands between this call and the "
				   "statement that it is a part of")

	def check_arms(self, source, i):
		if source.text(i) == "migrate_vma":
			self.check_statement(source, i)
		for conditional, arm in source.tokens[i].arms:
			other = any(token.text in ("migrate_vma", "migrate_vma_setup")
				    for token in source.tokens
				    for c, a in token.arms if c is conditional and a != arm)
			if other or any("VERSION" in text for text in conditional.arms):
				self.leave(source, i, "two-arms", "an #if decides whether this is "
					   "compiled, and it may be for the old API only: take the arm "
					   "with the old API out by hand, or the condition")

	def check_brackets(self):
		for source in self.sources.values():
			missing = source.find_missing_bracket()
			if missing is not None:
				self.leave(source, missing, "not-understood", "this bracket has no other one")

	def check_own_steps(self):
		for source in self.sources.values():
			for function in source.functions:
				if source.text(function[0]) in ("migrate_vma_setup", "migrate_vma_pages",
								"migrate_vma_finalize"):
					self.leave(source, function[0], "own-definition", "the kernel has a "
						   "function of this name now: give this one another")

	def check_own_definitions(self):
		for source in self.sources.values():
			for i in source.find("migrate_vma"):
				if source.text(i - 1) == "struct" and source.text(i + 1) == "{":
					self.own_struct = self.stem(source) + "_migrate_vma"
				if any(function[0] == i for function in source.functions):
					self.leave(source, i, "local-function",
						   "the driver has a function of this name itself")
			for i in source.find("migrate_vma_ops"):
				if source.text(i + 1) == "{":
					self.leave(source, i, "own-definition",
						   "the driver defines struct migrate_vma_ops itself")
