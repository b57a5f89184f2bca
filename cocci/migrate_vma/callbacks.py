# SPDX-License-Identifier: GPL-2.0-only
"""Which object, callback and call belong together, and which other files know of them."""

import glob
import os
import re

from .source import NAME, Source
from .tables import MEMBERS


class Callbacks:
	def find_ops(self, name, source, function):
		objects = [o for o in self.ops if o.name == name]
		return (next((o for o in objects if o.source == source and o.function and
			      o.function == function), None) or
			next((o for o in objects if not o.function), None))

	def resolve_calls(self):
		for call in self.calls.values():
			words = call.arguments["ops"].split()
			macro = call.source.macros.get(words[0]) if len(words) == 1 else None
			words = [w for w in (macro[0] if macro else words) if w not in ("(", ")")]
			ops = (self.find_ops(words[1], call.source, call.function)
			       if len(words) == 2 and words[0] == "&" else None)
			if ops and ops.source == call.source and not macro:
				call.ops = ops
				ops.calls.append(call)
			elif words[:1] == ["&"] and len(words) == 2 and not ops:
				self.leave(call.source, call.index, "ops-missing", "%s is defined in "
					   "none of the files given: give spatch all files of the driver"
					   % words[1])
			else:
				self.judge_pointer(call)

	def resolve_ops(self):
		for ops in self.ops:
			own = {i for call in ops.calls for i in (call.index + 3,)}
			for source in self.sources.values():
				for i in source.find(ops.name):
					if (self.find_ops(ops.name, source, source.function_at(i)) != ops or
					    source == ops.source and (i in own or i == ops.index) or
					    (source, i) in self.pointers or source.is_dead(i)):
						continue
					ops.indirect = True
					ops.shared = ops.shared or source != ops.source
					if (source, i) not in self.addresses:
						self.leave(source, i, "ops-use", "%s is used as an object, "
							   "and there are no ops objects any more" % ops.name)
			ops.indirect = ops.indirect or any(source.text(i) == ops.name
							   for source, i in self.pointers)
			span = ops.source.tokens[ops.type:ops.last + 1]
			if any(token.directive for token in span):
				self.leave(ops.source, ops.index, "ops-conditional",
					   "an #if decides which callbacks this object names")
			if not ops.calls and not ops.indirect and not ops.shared:
				ops.indirect = ops.shared = not self.is_static(ops.source, ops.type)
			for source in self.sources.values():
				inside = {i for o in self.ops if o.source == source
					  for i in range(o.type, o.last)}
				for i, token in enumerate(source.tokens):
					if token.text in MEMBERS and source.is_member(i) and i not in inside:
						self.leave(source, i, "ops-use", "a member of an ops object is "
							   "used here, and there are no ops objects any more")
			for name in ops.members.values():
				self.used_callbacks.add(name)
				self.resolve_callback(ops, name)

	def is_static(self, source, i):
		return "static" in source.words(source.statement_start(i), i)

	def resolve_callback(self, ops, name):
		if name is None:
			return
		found = self.callbacks.get(name, ())
		if len(found) == 1:
			return
		defined = any(source.text(f[0]) == name for source in self.sources.values()
			      for f in source.functions)
		self.leave(ops.source, ops.index, "callback-parameters" if defined else
			   "callback-missing", "%s, which this object names, %s" % (name,
			   "has two definitions, or not the six parameters of a callback" if defined
			   else "is defined in none of the files given"))

	def callback(self, ops, member):
		found = self.callbacks.get(ops.members.get(member), ())
		return found[0] if len(found) == 1 else None

	def neighbour_files(self, source):
		folder = os.path.dirname(source.name) or "."
		for name in glob.glob(os.path.join(glob.escape(folder), "*.[ch]")):
			if not any(os.path.samefile(name, other) for other in self.sources):
				yield name

	def mentioned_elsewhere(self, source, name):
		"""A file beside those given that has the name, or a header that cannot be found."""
		word = re.compile(r"\b%s\b" % re.escape(name))
		for other in list(self.neighbour_files(source)) + self.own_headers(source):
			if not os.path.isfile(other):
				return other
			if word.search(open(other, encoding="latin-1").read()):
				return other
		return None

	def own_headers(self, source):
		"""The headers in quotation marks that were not given, and are not where they seem."""
		names = [source.text(i + 1).strip("\x22") for i in source.find("include")
			 if source.text(i + 1)[:1] == "\x22"]
		given = {os.path.basename(other) for other in self.sources}
		return [os.path.join(os.path.dirname(source.name), name) for name in names
			if os.path.basename(name) not in given]

	def judge_reach(self):
		"""What other files know of has to be changed there as well."""
		for ops in self.ops:
			if not ops.function and not self.is_static(ops.source, ops.type):
				self.need(ops.source, ops.index, ops.name)
		for source, index in self.pointers:
			if source.tokens[index].directive:
				self.leave(source, index, "ops-pointer", "a directive declares this")
			function = next((f for f in source.functions if f[0] < index < f[1]), None)
			self.judge_use_of_pointer(source, index)
			if function and not self.is_static(source, function[0]):
				self.need(source, index, source.text(function[0]))
		for source in self.sources.values():
			for header in filter(os.path.isfile, self.own_headers(source)):
				words = Source(header)
				if words.find("migrate_vma_ops") or words.find("CONFIG_MIGRATE_VMA_HELPER"):
					self.leave(source, 0, "ops-pointer", "%s uses struct migrate_vma_ops: "
						   "give it to spatch together with this file" % header)

	def judge_use_of_pointer(self, source, index):
		"""What becomes a pointer to a function has no members, and is called when it is NULL."""
		name = source.text(index)
		around = next((f for f in source.functions if f[0] < index < f[2]), None)
		if not around:
			return
		uses = source.find(name, around[0], around[2])
		for i in uses:
			if source.text(i + 1) == "->":
				self.leave(source, i, "ops-use", "a member of an ops object is used")
		# A function that asks does not call with NULL.
		if any(source.text(i - 1) == "!" or source.text(i + 1) in ("==", "!=", "&&", "||", "?") or
		       (source.text(i - 1), source.text(i + 1)) == ("(", ")") for i in uses):
			return
		for i in uses:
			if source.words(i + 1, i + 3) == ["=", "NULL"]:
				self.leave_null(source, i)
		parameters = [words[-1:] for words in source.arguments(around[0])]
		if index > around[1] or [name] not in parameters:
			return
		position = parameters.index([name])
		for other in self.sources.values():
			for i in other.find(source.text(around[0])):
				if other.text(i + 1) == "(" and (
						other.arguments(i)[position:position + 1] == [["NULL"]]):
					self.leave_null(other, i)

	def leave_null(self, source, index):
		self.leave(source, index, "ops-pointer", "NULL stands for an ops object here, which "
			   "migrate_vma() refused with -EINVAL: call it with an object only")

	def need(self, source, index, name):
		other = self.mentioned_elsewhere(source, name)
		if other and os.path.isfile(other):
			self.leave(source, index, "ops-pointer", "%s mentions %s: give it to spatch "
				   "together with this file" % (os.path.basename(other), name))

	def judge_pointer(self, call):
		"""Where the ops of a call come from has to be in the files."""
		words = call.arguments["ops"].split()
		names = {source.text(index) for source, index in self.pointers}
		objects = {ops.name for ops in self.ops}
		macro = call.source.macros.get(words[0]) if len(words) == 1 else None
		if macro:
			words = [w for w in macro[0] if w not in ("(", ")")]
		used = [words[i + 1] for i in range(len(words) - 1) if words[i] == "&" and
			not (i and re.match(r"\w|[])]", words[i - 1]))]
		known = used and all(name in objects for name in used)
		if not known and not (words[-1] in names and not used):
			self.leave(call.source, call.index, "ops-unknown",
				   "which callbacks this call uses cannot be told from the files given")

	def judge_signature(self, callback):
		"""A callback that anything but an ops object names keeps its parameters."""
		own = {i for ops in self.ops if ops.source == callback.source
		       for i in range(ops.index, ops.last)}
		for source in self.sources.values():
			for i in source.find(callback.name):
				if source == callback.source and (i in own or i == callback.index):
					continue
				is_prototype = (source == callback.source and not source.function_at(i) and
						source.text(i + 1) == "(" and not source.tokens[i].directive and
						source.text(source.match.get(i + 1, i) + 1) == ";")
				if not is_prototype:
					callback.keeps_signature = callback.keeps_linkage = True
				elif not all(len(p) > 2 and NAME.match(p[-1]) and p[-1] != "long"
					     for p in source.arguments(i)):
					callback.keeps_signature = True
		static = self.is_static(callback.source, callback.index)
		if not static and self.mentioned_elsewhere(callback.source, callback.name):
			callback.keeps_signature = callback.keeps_linkage = True
		callback.keeps_linkage = callback.keeps_linkage or static
		# Attributes of parameters are more than the rules below can move.
		words = callback.source.arguments(callback.index)
		if any(parameter[-1] not in callback.names.values() for parameter in words) or any(
				token.directive for token in
				callback.source.tokens[callback.index:callback.body]):
			callback.keeps_signature = True
		if callback.keeps_signature:
			callback.type = None

	def judge_types(self):
		"""A typed parameter has to be declared where a prototype or an object comes first."""
		for found in self.callbacks.values():
			for callback in found:
				self.judge_signature(callback)
				if not callback.type:
					continue
				source = callback.source
				first = min(source.find(callback.name))
				tag = [w for w in callback.type.split() if w not in ("struct", "const", "*",
										     "union", "enum")]
				if not any(i < first for word in tag for i in source.find(word)) and \
				   first != callback.index:
					callback.type = None
