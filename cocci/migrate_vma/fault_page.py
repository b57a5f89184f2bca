# SPDX-License-Identifier: GPL-2.0-only
"""The page that faulted, which a call in a fault handler names since 6.1."""

from .direction import TO_RAM


class FaultPage:
	def is_own_fault(self, name):
		"""The fault handler of a mapping of the driver's own has no device page to bring back."""
		return any(source.words(i - 3, i) == [".", "fault", "="] for source in self.sources.values()
			   for i in source.find(name)) and not any(
			source.words(i - 3, i) == [".", "migrate_to_ram", "="]
			for source in self.sources.values() for i in source.find(name))

	def fault_of(self, call):
		name = call.source.text(call.function[0])
		if self.is_own_fault(name):
			return None
		return self.faults.get((call.source.name, name))

	def reaches_fault(self, source, function, seen):
		"""Whether a function is called, directly or not, from one that handles a fault."""
		name = source.text(function[0])
		if (source.name, name) in seen:
			return False
		seen.add((source.name, name))
		for other in self.sources.values():
			for i in other.find(name):
				caller = other.function_at(i)
				if caller is None or i == caller[0]:
					continue
				if ((other.name, other.text(caller[0])) in self.faults or
				    self.reaches_fault(other, caller, seen)):
					return True
		return False

	def judge_fault_page(self, call):
		if not self.release.fault_page or not call.direction & TO_RAM:
			return
		vmf = self.fault_of(call)
		if vmf:
			call.fault_page = vmf + "->page"
		elif self.reaches_fault(call.source, call.function, set()):
			self.leave(call.source, call.index, "fault-page", "a fault handler gets here, and "
				   "since 6.1 the call has to set fault_page to vmf->page: bring struct "
				   "vm_fault here through the parameters first")
