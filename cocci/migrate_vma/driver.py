# SPDX-License-Identifier: GPL-2.0-only
"""The files that are ported together."""

from .alignment import Alignment
from .answers import Answers
from .callbacks import Callbacks
from .diagnostics import Diagnostics
from .direction import Direction
from .fault_page import FaultPage
from .form import Form
from .found import Found
from .names import Names
from .owner import Owner
from .result import Result
from .source import Source
from .uses import Uses


class Driver(Found, Diagnostics, Uses, Callbacks, Names, Direction, FaultPage, Owner, Alignment, Form,
	     Answers, Result):
	def __init__(self, names, release, mode):
		self.release, self.goal, self.mode = release, release.number, mode
		self.sources = {name: Source(name) for name in names}
		self.understood, self.problems, self.said = set(), [], set()
		self.ops, self.callbacks, self.calls, self.faults = [], {}, {}, {}
		self.pointers, self.setups, self.own_struct = [], [], None
		self.used_callbacks, self.addresses, self.results = set(), set(), []

	def judge(self):
		self.check_brackets()
		self.check_own_steps()
		self.check_own_definitions()
		self.check_uses()
		self.resolve_calls()
		self.resolve_ops()
		self.judge_reach()
		for call in self.calls.values():
			span = call.source.tokens[call.index:call.last]
			if call.function is None or any(token.directive for token in span):
				self.leave(call.source, call.index, "not-understood",
					   "spatch could not read the code around this call")
		if not self.problems:
			self.judge_types()
			self.name_helpers()
			self.name_variables()
			for call in self.calls.values():
				self.judge_mask(call)
				self.judge_direction(call)
				self.judge_fault_page(call)
			self.judge_owners()
			self.judge_forms()
		for source, index, rule, text in self.problems:
			self.say(source, index, "error", rule, text)
		return not self.problems
