# SPDX-License-Identifier: GPL-2.0-only
"""What the rules ask when they change the code."""

import re

from .direction import TO_DEVICE, TO_RAM
from .source import text_of
from .tables import MEMBERS, ROLES


class Answers:
	def is_call(self, p):
		return self.call_at(p) is not None

	def tag(self, p):
		return "migrate_vma_call_%d" % list(self.calls.values()).index(self.call_at(p))

	def tagged(self, tag):
		number = re.fullmatch(r"migrate_vma_call_(\d+)", tag)
		return list(self.calls.values())[int(number.group(1))] if number else None

	def has_form(self, tag, form):
		call = self.tagged(tag)
		return call is not None and call.form == form

	def is_tag(self, tag):
		return self.tagged(tag) is not None

	def variable(self, tag):
		return self.tagged(tag).variable

	def found_undeclared(self, tag):
		self.tagged(tag).undeclared = True

	def found_declared(self, p, variable):
		for call in self.calls.values():
			if call.source.text(call.function[0]) == p.current_element and \
			   call.variable == variable:
				call.undeclared = False

	def own_name(self, t):
		return self.own_struct

	def lacking(self, f):
		return [c for c in self.calls.values() if c.undeclared and
			c.source.text(c.function[0]) == f]

	def lacks_variables(self, f):
		return bool(self.lacking(f))

	def variables(self, f):
		return ", ".join(call.variable for call in self.lacking(f))

	def object(self, name):
		"""The object of this name at file scope, or the one in the function of this name."""
		return next((o for o in self.ops if (o.source.text(o.function[0]) if o.function
						     else o.name) == name and o.needs_function), None)

	def is_object(self, o):
		return any(ops.name == o for ops in self.ops)

	def is_replaced(self, o):
		return any(ops.name == o and not ops.function and ops.needs_function
			   for ops in self.ops)

	def has_object(self, f):
		return any(ops.function and ops.source.text(ops.function[0]) == f and
			   ops.needs_function for ops in self.ops)

	def helper(self, name):
		return self.object(name).helper

	def private_name(self, name):
		"""What the callbacks call it, if they agree."""
		ops = self.object(name)
		names = {c.variable or c.names["private"] for c in (self.callback(ops, m)
			 for m in ops.members) if c and not c.drops("private")}
		name = names.pop() if len(names) == 1 else "private"
		return name if name not in ("args", "ret") and name not in self.callbacks else "private"

	def member(self, name, which):
		return self.name_of(self.callback(self.object(name), MEMBERS[which]))

	def name_of(self, callback):
		return (callback.name if callback and not callback.is_empty()
			else "migrate_vma_no_callback")

	def callback_name(self, tag, which):
		return self.name_of(self.callback(self.tagged(tag).ops, MEMBERS[which]))

	def helper_named(self, f):
		return next((o for o in self.ops if o.helper == f and o.needs_function), None)

	def has_typed_private(self, f):
		ops = self.helper_named(f)
		return ops is not None and ops.private not in (None, "void *")

	def lacks_private(self, f):
		ops = self.helper_named(f)
		return ops is not None and ops.private is None

	def is_shared(self, f):
		ops = self.helper_named(f)
		return ops is not None and ops.shared

	def callback_named(self, f):
		return next(iter(self.callbacks.get(f, ())), None) if f in self.used_callbacks else None

	def is_callback(self, f):
		return self.callback_named(f) is not None

	def parameter(self, f, role):
		return self.callback_named(f).names[role]

	def has_typed_parameter(self, f):
		return self.is_callback(f) and self.callback_named(f).type is not None

	def drops_role(self, f, role):
		return self.is_callback(f) and role in ROLES and self.callback_named(f).drops(role)

	def drops_parameter(self, f, x):
		callback = self.callback_named(f)
		return callback is not None and any(
			callback.drops(role) and x in (callback.names[role], callback.variable
						       if role == "private" else None)
			for role in ROLES)

	def becomes_static(self, f):
		return self.is_callback(f) and not self.callback_named(f).keeps_linkage

	def is_empty(self, f):
		return self.is_callback(f) and self.callback_named(f).is_empty()

	def needs_mask(self, tag):
		return self.is_tag(tag) and self.tagged(tag).needs_mask

	def masked_start(self, tag):
		return self.tagged(tag).masked_start

	def has_owner(self, tag):
		return self.is_tag(tag) and bool(self.tagged(tag).owner)

	def owner_member(self, tag):
		return self.release.owner

	def owner(self, tag):
		return self.tagged(tag).owner

	def has_flags(self, tag):
		return self.is_tag(tag) and self.release.flags

	def has_fault_page(self, tag):
		return self.is_tag(tag) and bool(self.tagged(tag).fault_page)

	def fault_page(self, tag):
		return self.tagged(tag).fault_page

	def is_setup(self, p):
		return self.new_owner is not None

	def error_bit(self):
		source = next(s for s in self.sources.values() if s.find("MIGRATE_PFN_ERROR"))
		return self.stem(source).upper() + "_PFN_ERROR"

	def is_first_function(self, f):
		return any(source.functions and source.text(source.functions[0][0]) == f and
			   source.find("MIGRATE_PFN_ERROR") for source in self.sources.values())

	def is_first_for_owner(self, f):
		source = self.setups[0][0] if self.setups else None
		return bool(self.owner_tag and source.functions and
			    source.text(source.functions[0][0]) == f)

	def callee(self, tag):
		call = self.tagged(tag)
		if call.ops:
			return call.ops.helper
		words = call.arguments["ops"].split()
		for ops in self.ops:
			text = " ".join(words)
			text = re.sub(r"& %s\b" % ops.name, ops.helper, text)
			words = text.split()
		text = text_of(words)
		return text if re.fullmatch(r"\w+((->|\.)\w+)*", text) else "( %s )" % text

	def flags(self, tag):
		call = self.tagged(tag)
		names = ["MIGRATE_VMA_SELECT_SYSTEM"] * bool(call.direction & TO_DEVICE)
		names += ["MIGRATE_VMA_SELECT_DEVICE_PRIVATE"] * bool(call.direction & TO_RAM)
		return " | ".join(names)
