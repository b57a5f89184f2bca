// SPDX-License-Identifier: GPL-2.0-only
/// Port a driver from migrate_vma() and struct migrate_vma_ops, which are gone since
/// Linux 5.4, to migrate_vma_setup(), migrate_vma_pages() and migrate_vma_finalize().
///
// Confidence: High
// Comments: Files that need each other, like a driver and its header, have to be given to
// Comments: spatch together.  Files with a use that is not understood stay as they are, and
// Comments: a diagnostic says where that use is.  -D target=6.1 ports to that release and
// Comments: not to the newest one.
// Options: --no-includes --max-width 100
// Keywords: migrate_vma, migrate_vma_ops, migrate_vma_setup, ZONE_DEVICE
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@initialize:python@
@@
import collections
import glob
import os
import re
import sys

# What changed for drivers, release by release.  porting-tool/release.c has the same table
# and says where each row comes from; tests/cocci holds one against the other.
Release = collections.namedtuple(
	"Release", "number owner owner_only_to_ram flags fault_page pfn_locked")
RELEASES = (
	Release((5, 4), None, False, False, False, True),
	Release((5, 7), "src_owner", True, False, False, True),
	Release((5, 9), "pgmap_owner", False, True, False, True),
	Release((5, 16), "pgmap_owner", False, True, False, False),
	Release((6, 1), "pgmap_owner", False, True, True, False),
)
NEWEST = (7, 2)

MEMBERS = ("alloc_and_copy", "finalize_and_map")
ROLES = ("vma", "src", "dst", "start", "end", "private")

# What a driver of that age uses beside migrate_vma(), the release without it, and what is
# there instead.  It stays, and is reported.  A name with a dot is that of a member.
NEIGHBOURS = {
	"hmm_devmem_add": ((5, 3), "devm_memremap_pages()"),
	"hmm_devmem_add_resource": ((5, 3), "devm_memremap_pages()"),
	"hmm_devmem_remove": ((5, 3), "memunmap_pages()"),
	"hmm_devmem_ops": ((5, 3), "struct dev_pagemap_ops"),
	"hmm_devmem": ((5, 3), "struct dev_pagemap"),
	"hmm_devmem_page_set_drvdata": ((5, 3), "page->zone_device_data"),
	"hmm_devmem_page_get_drvdata": ((5, 3), "page->zone_device_data"),
	"hmm_vma_alloc_locked_page": ((5, 3), "alloc_page_vma() and lock_page()"),
	"is_device_public_page": ((5, 3), "nothing: there are no such pages"),
	"MEMORY_DEVICE_PUBLIC": ((5, 3), "MEMORY_DEVICE_COHERENT, from 6.0"),
	"hmm_mirror_register": ((5, 7), "mmu_interval_notifier_insert()"),
	"hmm_mirror_unregister": ((5, 7), "mmu_interval_notifier_remove()"),
	"hmm_mirror": ((5, 7), "struct mmu_interval_notifier"),
	"hmm_mirror_ops": ((5, 7), "struct mmu_interval_notifier_ops"),
	"hmm_vma_fault": ((5, 4), "hmm_range_fault()"),
	"hmm_vma_get_pfns": ((5, 4), "hmm_range_fault()"),
	".mmap_sem": ((5, 8), "mmap_read_lock() and its kin"),
	".page_free": ((6, 19), "folio_free() of struct dev_pagemap_ops"),
}

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


# ---- The code of a file, where more is needed than a rule matches

Token = collections.namedtuple("Token", "text line column directive arms")

# Quotation marks by number: spatch reads this script as well, and would pair them.
PIECES = re.compile(
	r"(?P<comment>//(?:\\\n|[^\n])*|/[*].*?[*]/)"
	r"|(?P<string>\x22(?:\\.|[^\x22\\\n])*\x22|\x27(?:\\.|[^\x27\\\n])*\x27)"
	r"|(?P<space>(?:[ \t\r\f\v]|\\\r?\n)+)"
	r"|(?P<newline>\n)"
	r"|(?P<name>[A-Za-z_]\w*)"
	r"|(?P<number>\.?\d(?:[eEpP][-+]|[\w.])*)"
	r"|(?P<sign><<=|>>=|\.\.\.|->|\+\+|--|<<|>>|&&|[|][|]|##|[-+*/%&|^=!<>]=|.)", re.S)
NAME = re.compile(r"[A-Za-z_]\w*$")
BRACKETS = {")": "(", "]": "[", "}": "{"}
ASSIGNMENTS = ("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "++", "--")


class Conditional:
	"""An #if up to its #endif.  A token knows in which arms of which ones it is."""
	def __init__(self, text):
		self.arms = [text]


class Source:
	"""A file as a list of tokens, with what can be told from them alone."""
	def __init__(self, name):
		self.name = name
		self.tokens, self.comments = [], []
		self.match, self.functions, self.macros = {}, [], {}
		self.lex(open(name, encoding="latin-1", newline="").read())
		self.at = {(t.line, t.column): i for i, t in enumerate(self.tokens)}
		self.pair_brackets()
		self.find_functions()

	def lex(self, text):
		line, start, fresh, directive, first, arms = 1, 0, True, None, 0, ()
		for piece in PIECES.finditer(text + "\n"):
			kind, word = piece.lastgroup, piece.group()
			if kind == "newline":
				if directive is not None:
					arms = self.end_directive(first, arms)
				directive, fresh = None, True
			elif kind == "comment":
				self.comments.append((len(self.tokens), word))
			elif kind != "space":
				if fresh and word == "#":
					directive, first = "", len(self.tokens)
				elif directive == "":
					directive = word
				self.tokens.append(Token(word, line, piece.start() - start,
							 directive, arms))
				fresh = False
			if "\n" in word:
				line += word.count("\n")
				start = piece.start() + word.rindex("\n") + 1

	def end_directive(self, first, arms):
		words = [t.text for t in self.tokens[first + 1:]]
		kind = words[0] if words else ""
		if kind == "define":
			self.macros.setdefault(words[1], []).append(words[2:])
		elif kind in ("if", "ifdef", "ifndef"):
			return arms + ((Conditional(" ".join(words)), 0),)
		elif kind in ("else", "elif") and arms:
			arms[-1][0].arms.append(" ".join(words))
			return arms[:-1] + ((arms[-1][0], len(arms[-1][0].arms) - 1),)
		elif kind == "endif":
			return arms[:-1]
		return arms

	def pair_brackets(self):
		opened = []
		for i, token in enumerate(self.tokens):
			if token.directive is not None:
				continue
			if token.text in BRACKETS.values():
				opened.append(i)
			elif token.text in BRACKETS and opened:
				other = opened.pop()
				if self.text(other) == BRACKETS[token.text]:
					self.match[i], self.match[other] = other, i

	def find_functions(self):
		"""Lists the name, the { and the } of each function."""
		i = 0
		while i < len(self.tokens):
			token = self.tokens[i]
			if token.directive is None and token.text == "{":
				i = self.match.get(i, i)
			elif (token.directive is None and NAME.match(token.text) and
			      self.text(i + 1) == "(" and i + 1 in self.match):
				body = self.match[i + 1] + 1
				while NAME.match(self.text(body)):
					body = self.match.get(body + 1, body) + 1
				if self.text(body) == "{" and body in self.match:
					self.functions.append((i, body, self.match[body]))
					i = body - 1
			i += 1

	def text(self, i):
		return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

	def words(self, first, last):
		return [token.text for token in self.tokens[first:last]]

	def is_member(self, i):
		return self.text(i - 1) in (".", "->")

	def is_dead(self, i):
		return any(arm == 0 and c.arms[0] == "if 0" for c, arm in self.tokens[i].arms)

	def find(self, name, first=0, last=None):
		"""Where a name is that of no member, from token @first to before @last."""
		return [i for i, token in enumerate(self.tokens[first:last], first)
			if token.text == name and not self.is_member(i)]

	def mentions(self, names, first=0, last=None):
		return any(token.text in names for token in self.tokens[first:last])

	def function_at(self, i):
		return next((f for f in self.functions if f[0] <= i <= f[2]), None)

	def function_name(self, i):
		function = self.function_at(i)
		return self.text(function[0]) if function else None

	def block_at(self, i):
		"""The { of the innermost block around a token."""
		return max((j for j in self.match if j < i and self.text(j) == "{" and
			    self.match[j] > i), default=None)

	def arguments(self, call):
		"""The arguments, as lists of words, of the call whose name is token @call."""
		arguments, i, last = [[]], call + 2, self.match.get(call + 1, call + 1)
		while i < last:
			if self.text(i) == ",":
				arguments.append([])
			else:
				end = self.match.get(i, i) + 1 if self.match.get(i, 0) > i else i + 1
				arguments[-1] += self.words(i, end)
				i = end - 1
			i += 1
		return arguments

	def statement_start(self, i):
		while i and self.text(i - 1) not in (";", "{", "}"):
			i = self.match.get(i - 1, i - 1) if self.text(i - 1) in (")", "]") else i - 1
		return i

	def hints(self, first, last):
		"""The comments above and within some tokens."""
		return " ".join(text for i, text in self.comments if first <= i <= last)


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


# ---- The files that are ported together

def seen(found):
	"""What the rules only look at does not match."""
	return False



def text_of(words):
	return re.sub(r" ?(->|\.) ?", r"\1", " ".join(words))


class Driver:
	def __init__(self, names):
		self.sources = {name: Source(name) for name in names}
		self.understood, self.problems, self.said = set(), [], []
		self.ops, self.callbacks, self.calls, self.faults = [], {}, {}, {}
		self.pointers, self.setups, self.own_struct = [], [], None
		self.used_callbacks, self.addresses, self.results = set(), set(), []

	# What the rules found

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
		elif self.is_masked(source, index) and source.text(index) != "MIGRATE_PFN_ERROR":
			return
		self.understand(p)

	def found_option(self, p):
		self.understand(p)

	def found_setup(self, p, base):
		source, index = self.locate(p)
		self.setups.append((source, index, text_of(base.split())))

	# Diagnostics

	def say(self, source, index, severity, rule, text):
		token = source.tokens[index]
		line = "%s:%d:%d: %s: %s [%s]" % (source.name, token.line, token.column + 1,
						  severity, text, rule)
		if line not in self.said:
			self.said.append(line)
			print(line, file=sys.stderr)

	def leave(self, source, index, rule, text):
		self.problems.append((source, index, rule, text))

	# Uses that no rule matched

	def is_old(self, source, i):
		word = source.text(i)
		if word in ("migrate_vma_ops", "CONFIG_MIGRATE_VMA_HELPER", "MIGRATE_PFN_ERROR",
			    "MIGRATE_PFN_DEVICE"):
			return True
		if word == "MIGRATE_PFN_LOCKED":
			return not release.pfn_locked
		return (word == "migrate_vma" and source.text(i - 1) != "struct" and
			not source.is_member(i))

	def uses(self):
		for source in self.sources.values():
			for i in range(len(source.tokens)):
				if self.is_old(source, i):
					yield source, i

	def report_unmerged(self):
		for source in self.sources.values():
			for i in source.find("migrate_dma") + source.find("migrate_dma_ops"):
				self.say(source, i, "error", "unmerged-api", "migrate_dma() was posted and "
					 "never merged: what it became is migrate_vma_setup() and its kin")

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

	def check_arms(self, source, i):
		for conditional, arm in source.tokens[i].arms:
			other = any(token.text in ("migrate_vma", "migrate_vma_setup")
				    for token in source.tokens
				    for c, a in token.arms if c is conditional and a != arm)
			if other or any("VERSION" in text for text in conditional.arms):
				self.leave(source, i, "two-arms", "an #if decides whether this is "
					   "compiled, and it may be for the old API only: take the arm "
					   "with the old API out by hand, or the condition")

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

	# Ops objects and callbacks

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
			if function and not self.is_static(source, function[0]):
				self.need(source, index, source.text(function[0]))
		for source in self.sources.values():
			for header in filter(os.path.isfile, self.own_headers(source)):
				words = Source(header)
				if words.find("migrate_vma_ops") or words.find("CONFIG_MIGRATE_VMA_HELPER"):
					self.leave(source, 0, "ops-pointer", "%s uses struct migrate_vma_ops: "
						   "give it to spatch together with this file" % header)

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

	# Names

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

	# Which way a call moves pages

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
			if release.flags:
				self.say(call.source, call.index, "note", "direction", "cannot tell which "
					 "way this call moves pages, so it takes system and device memory as "
					 "migrate_vma() did; a comment above it narrows that: "
					 "/* migrate-vma: to-device */ or /* migrate-vma: to-ram */")

	def fills_nothing(self, call):
		callbacks = [self.callback(call.ops, member) for member in call.ops.members] \
			if call.ops else [None]
		return all(c and not c.keeps_signature and not c.uses("dst") for c in callbacks)

	# The page that faulted

	def fault_of(self, call):
		name = call.source.text(call.function[0])
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
		if not release.fault_page or not call.direction & TO_RAM:
			return
		vmf = self.fault_of(call)
		if vmf:
			call.fault_page = vmf + "->page"
		elif self.reaches_fault(call.source, call.function, set()):
			self.leave(call.source, call.index, "fault-page", "a fault handler gets here, and "
				   "since 6.1 the call has to set fault_page to vmf->page: bring struct "
				   "vm_fault here through the parameters first")

	# The owner of the device memory

	def is_file_scope(self, source, name, before):
		return any(source.function_at(i) is None and source.text(i + 1) in ("=", ";", ",", "[")
			   for i in source.find(name, 0, before))

	def owner_values(self):
		"""The values that the owner of a pagemap gets in the files."""
		for source in self.sources.values():
			for i, token in enumerate(source.tokens):
				if not (token.text == "owner" and source.is_member(i) and
					source.text(i + 1) == "="):
					continue
				before = source.words(source.statement_start(i), i)
				if source.function_at(i) is None:
					before = source.words(max(0, i - 60), i)
				if any("pagemap" in w or "pgmap" in w for w in before):
					end = i + 2
					while source.text(end) not in (";", ",", "}", ""):
						end += 1
					yield source, source.words(i + 2, end)

	def can_name(self, call, source, name):
		"""Whether an object at file scope can be named at a call."""
		if source == call.source:
			return self.is_file_scope(source, name, call.function[0])
		return any(self.is_file_scope(other, name, len(other.tokens)) for other in
			   self.sources.values() if other == call.source or other.name.endswith(".h"))

	def existing_owner(self, call):
		for source, words in self.owner_values():
			names = [w for i, w in enumerate(words) if NAME.match(w) and
				 words[i - 1:i] not in (["."], ["->"])]
			if names and self.can_name(call, source, names[0]):
				return text_of(words)
		return None

	def hinted_owner(self, call):
		hints = call.source.hints(call.source.statement_start(call.index), call.last)
		found = re.search(r"migrate-vma:.*owner=([^\s,*]+)", hints)
		return found.group(1) if found else None

	def fault_owner(self, call):
		vmf = self.fault_of(call)
		if not vmf:
			return None
		return ("page_pgmap(%s->page)->owner" if goal >= (6, 15)
			else "%s->page->pgmap->owner") % vmf

	def choose_owner(self):
		"""An owner for a driver that has none: an object that the pagemap is part of."""
		places = [(source, i) for source in self.sources.values() for i, token in
			  enumerate(source.tokens) if token.text == "MEMORY_DEVICE_PRIVATE" and
			  source.text(i - 1) == "=" and source.text(i - 2) == "type"]
		if not places or any(True for _ in self.owner_values()):
			return None
		source, index, base = self.setups[0] if self.setups else (places[0] + ("",))
		name, calls = base.split(".")[0], self.calls.values()
		if len(places) == len(self.setups) == 1 and "." in base and NAME.match(name) and \
		   all(self.can_name(call, source, name) for call in calls):
			return "&" + name
		if len(places) != len(self.setups) or any(s[0] != source for s in self.setups) or \
		   any(call.source != source for call in calls):
			self.leave(source, index, "owner-unknown", "device memory has to have an owner "
				   "since 5.7, and this one has none that the calls could name: set one "
				   "in the dev_pagemap first")
			return None
		self.owner_tag = self.stem(source) + "_pgmap_owner"
		while self.is_taken(self.owner_tag):
			self.owner_tag += "_"
		return "&" + self.owner_tag

	def judge_owners(self):
		self.new_owner = self.owner_tag = None
		if not release.owner:
			return
		self.new_owner = self.choose_owner()
		for call in self.calls.values():
			if release.owner_only_to_ram and call.direction == TO_DEVICE:
				continue
			call.owner = (self.hinted_owner(call) or self.new_owner or
				      self.existing_owner(call) or self.fault_owner(call))
			if release.owner_only_to_ram and call.direction == TO_DEVICE | TO_RAM:
				self.leave(call.source, call.index, "direction", "5.7 and 5.8 collect "
					   "system memory or device memory, not both in one call: "
					   "/* migrate-vma: to-device */ or /* migrate-vma: to-ram */ above "
					   "it says which")
			elif not call.owner and call.direction & TO_RAM:
				self.leave(call.source, call.index, "owner-unknown", "this call takes back "
					   "device memory, and since 5.7 has to name its owner: give the "
					   "file that sets up the dev_pagemap as well, or say it in a "
					   "comment above: /* migrate-vma: owner=NAME */")
			elif not call.owner:
				self.say(call.source, call.index, "note", "owner-unknown", "%s is not "
					 "set, because no dev_pagemap was found in the files given"
					 % release.owner)

	def flags(self, tag):
		call = self.tagged(tag)
		names = ["MIGRATE_VMA_SELECT_SYSTEM"] * bool(call.direction & TO_DEVICE)
		names += ["MIGRATE_VMA_SELECT_DEVICE_PRIVATE"] * bool(call.direction & TO_RAM)
		return " | ".join(names)

	# migrate_vma() rounded start and end down before it counted the pages

	def is_whole_pages(self, words, where, depth):
		while words[:1] == ["("] and words[-1:] == [")"]:
			words = words[1:-1]
		if "<<" in words:
			return words[-2:] == ["<<", "PAGE_SHIFT"]
		if "*" in words:
			at = words.index("*")
			return (self.is_whole_pages(words[:at], where, depth) or
				self.is_whole_pages(words[at + 1:], where, depth))
		if words == ["PAGE_SIZE"]:
			return True
		for source in self.sources.values():
			for text in source.macros.get(words[0], ()) if len(words) == 1 else ():
				if not set(text) & set("+-/%|&?") and depth:
					return self.is_whole_pages(text, where, depth - 1)
		return False

	def top_level(self, words, sign):
		depth = 0
		for i in range(len(words) - 1, 0, -1):
			depth += (words[i] in ")]}") - (words[i] in "([{")
			if not depth and words[i] == sign:
				return i
		return 0

	def is_aligned(self, words, where, depth=6):
		while words[:1] == ["("] and words[-1:] == [")"] and words.count("(") == 1:
			words = words[1:-1]
		if depth < 0 or not words:
			return False
		for sign, right in (("&", "PAGE_MASK"), ("<<", "PAGE_SHIFT")):
			if self.top_level(words, sign):
				return words[self.top_level(words, sign) + 1:] == [right]
		at = self.top_level(words, "+") or self.top_level(words, "-")
		if at:
			return (self.is_aligned(words[:at], where, depth) and
				self.is_whole_pages(words[at + 1:], where, depth))
		if words[0] in ("PAGE_ALIGN", "round_down", "round_up") and words[1:2] == ["("]:
			return words[0] == "PAGE_ALIGN" or words[-2:] == ["PAGE_SIZE", ")"]
		if words[0] in ("min", "max") and words[1:2] == ["("]:
			parts = " ".join(words[2:-1]).split(" , ")
			return len(parts) == 2 and all(self.is_aligned(part.split(), where, depth)
						       for part in parts)
		if words[-1] in ("vm_start", "vm_end") and words[-2:-1] in (["."], ["->"]):
			return True
		if len(words) == 3 and words[1:] == ["->", "address"]:
			return words[0] in self.faults.values()
		return len(words) == 1 and (words == ["0"] or bool(NAME.match(words[0])) and
					    self.variable_is_aligned(words[0], where, depth - 1))

	def variable_is_aligned(self, name, where, depth):
		"""All values that a variable gets are aligned, and it has one of them at the call."""
		source, (first, body, last), call, seen = where
		if name in seen:
			return True
		where, settled = (source, (first, body, last), call, seen | {name}), False
		parameter = bool(source.find(name, first, body))
		if parameter and self.is_tested(name, where):
			settled = True
		for i in source.find(name, body, last):
			sign, outermost = source.text(i + 1), source.function_at(i)[1] == max(
				j for j in range(i) if source.text(j) == "{" and source.match.get(j, 0) > i)
			if source.text(i - 1) == "&" and not NAME.match(source.text(i - 2)) and \
			   source.text(i - 2) not in (")", "]"):
				return False
			if sign in ("++", "--") or source.text(i - 1) in ("++", "--"):
				return False
			if sign not in ASSIGNMENTS:
				continue
			end = i + 2
			while source.text(end) not in (";", ",", ")", ""):
				end = source.match.get(end, end) + 1 if source.text(end) in "([{" else end + 1
			value = source.words(i + 2, end)
			if sign in ("+=", "-="):
				if not self.is_whole_pages(value, where, depth):
					return False
				continue
			if sign == "&=" and value != ["PAGE_MASK"] or sign not in ("=", "&="):
				return False
			if sign == "=" and not self.is_aligned(value, where, depth):
				return False
			settled = settled or not parameter or (outermost and i < call and
				source.text(i - 1) in (";", "{", "}"))
		return settled

	def is_tested(self, name, where):
		"""if (!PAGE_ALIGNED(name)) return ...; before the call, perhaps with || and more."""
		source, (first, body, last), call, seen = where
		for i in range(body, call):
			if source.text(i) != "if" or source.text(i - 1) not in (";", "{", "}"):
				continue
			close = source.match.get(i + 1, i)
			block = max(j for j in range(i) if source.text(j) == "{" and
				    source.match.get(j, 0) > i)
			if block != body or source.text(close + 1) not in ("return", "goto"):
				continue
			for part in " ".join(source.words(i + 2, close)).split(" || "):
				if re.fullmatch(r"! PAGE_ALIGNED \( (\w+ \| )*%s( \| \w+)* \)|"
						r"! IS_ALIGNED \( (\w+ \| )*%s( \| \w+)* , PAGE_SIZE \)|"
						r"\(? ?(\w+ \| )*%s( \| \w+)* ?\)? & ~ PAGE_MASK|"
						r"offset_in_page \( %s \)" % ((name,) * 4), part):
					return True
		return False

	def is_pages_behind(self, end, start, where, depth=1):
		at = self.top_level(end, "+")
		if at:
			return end[:at] == start and self.is_whole_pages(end[at + 1:], where, 3)
		source, (first, body, last), call, seen = where
		if len(end) != 1 or not depth or not NAME.match(end[0]) or \
		   source.find(end[0], first, body):
			return False
		values = []
		for i in source.find(end[0], body, last):
			if source.text(i - 1) in ("&", "++", "--"):
				return False
			if source.text(i + 1) in ASSIGNMENTS:
				stop = i + 2
				while source.text(stop) not in (";", ","):
					stop = source.match.get(stop, stop) + 1
				values.append(source.text(i + 1) == "=" and self.is_pages_behind(
					source.words(i + 2, stop), start, where, depth - 1))
		return bool(values) and all(values)

	def judge_mask(self, call):
		start, end = call.arguments["start"].split(), call.arguments["end"].split()
		where = call.source, call.function, call.index, frozenset()
		call.needs_mask = (not self.is_aligned(start, where) and
				   not self.is_pages_behind(end, start, where))
		start = call.arguments["start"]
		call.masked_start = "%s & PAGE_MASK" % (start if re.fullmatch(r"[\w>. -]+", start) and
					   not re.search(r" - (?!>)", start) else "(%s)" % start)

	# The form of each call

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

	# What the rules ask when they write

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
		return release.owner

	def owner(self, tag):
		return self.tagged(tag).owner

	def has_flags(self, tag):
		return self.is_tag(tag) and release.flags

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

	# All of it

	def judge(self):
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

	def report_kconfig(self):
		"""Kconfig is no C: spatch does not see it."""
		folders = {os.path.dirname(source.name) or "." for source in self.sources.values()}
		for name in (n for f in folders for n in glob.glob(os.path.join(glob.escape(f), "Kconfig*"))):
			for number, line in enumerate(open(name, encoding="latin-1"), 1):
				if re.search(r"\bMIGRATE_VMA_HELPER\b", line):
					print("%s:%d:1: warning: MIGRATE_VMA_HELPER is gone since 5.4: depend on "
					      "DEVICE_PRIVATE instead [guards]" % (name, number), file=sys.stderr)

	def report_neighbours(self):
		for source in self.sources.values():
			for i, token in enumerate(source.tokens):
				name = "." * source.is_member(i) + token.text
				since, instead = NEIGHBOURS.get(name, (None, None))
				if since and goal >= since:
					self.say(source, i, "warning", "neighbour", "%s is gone since %d.%d "
						 "and is not ported: use %s" % ((name,) + since + (instead,)))

	# What came out

	def found_result(self, p):
		self.results.append((p.file, int(p.line), int(p.column)))

	def check_results(self):
		"""Looks at each function as it is now: spatch writes those it changed to files."""
		objects = {o.name for o in self.ops if not o.function} - {o.helper for o in self.ops}
		for name, line, column in self.results:
			source = self.sources.get(name) or Source(name)
			function = source.function_at(source.at.get((line, column), -1))
			words = source.words(*(function[0], function[2]) if function else (0, None))
			for i, word in enumerate(words):
				if words[i + 1:i + 5] == ["=", "(", "struct", "migrate_vma"] and \
				   " ".join(words[:i]).count("struct migrate_vma " + word) == 0 and \
				   ", " + word + " ;" not in " ".join(words[:i]):
					self.fail(word)
			for i in range(*(function[0], function[2]) if function else (0, len(source.tokens))):
				word = source.text(i)
				if (self.is_old(source, i) or word.startswith("migrate_vma_call_") or
				    word == "migrate_vma_no_callback" or word in objects and
				    not source.is_member(i)) and not source.is_dead(i):
					self.fail(word)

	def fail(self, what):
		if not os.environ.get("COCCI_DEBUG"):
			raise PortFailed("%s: error: stays as it is, because spatch could not change "
					 "every use of %s [self-check]" % (" ".join(self.sources), what))


class PortFailed(Exception):
	"""Raised in a rule, makes spatch drop all changes to the files."""


def report_failure(kind, error, trace):
	if kind is PortFailed:
		print(error, file=sys.stderr)
	else:
		sys.__excepthook__(kind, error, trace)


sys.excepthook = report_failure


def read_target(name):
	found = re.match(r"v?(\d+)\.(\d+)", name)
	number = (int(found.group(1)), int(found.group(2))) if found else (0, 0)
	if not RELEASES[0].number <= number <= NEWEST:
		print("target=%s: not a release from 5.4 to %d.%d" % ((name,) + NEWEST), file=sys.stderr)
		return None
	return number


def release_of(number):
	return [release for release in RELEASES if release.number <= number][-1]


goal, release = NEWEST, RELEASES[-1]
driver = None

@script:python@
wanted << virtual.target;
@@
goal = read_target(wanted)
if goal is None:
	cocci.exit()
else:
	release = release_of(goal)

@script:python@
@@
driver = Driver(cocci.files())
driver.report_unmerged()
if not driver.has_old_api():
	cocci.exit()

// ------------------------------------------------------------- what there is
// These rules never match: their constraints hand what they see to the driver above, which
// weighs it as a whole before anything is changed.

@@
expression O, V, B, E, S, D, P;
position p : script:python(O, V, B, E, S, D, P) { seen(driver.found_call(p[0], O, V, B, E, S, D, P)) };
@@
migrate_vma@p(O, V, B, E, S, D, P)

@@
identifier o;
initializer list members;
position p : script:python(members) { seen(driver.found_ops(p[0], str(members))) };
@@
struct migrate_vma_ops o@p = { members };

@@
identifier o;
position p : script:python() { seen(driver.found_address(p[0])) };
@@
 &o@p

@@
identifier f, x;
position p : script:python() { seen(driver.found_pointer(p[0])) };
@@
f(..., struct migrate_vma_ops *x@p, ...) { ... }

@@
identifier f, x;
type T;
position p : script:python() { seen(driver.found_pointer(p[0])) };
@@
T f(..., struct migrate_vma_ops *x@p, ...);

@@
identifier t, x;
position p : script:python() { seen(driver.found_pointer(p[0])) };
@@
struct t { ... struct migrate_vma_ops *x@p; ... };

@disable decl_init@
identifier x;
position p : script:python() { seen(driver.found_pointer(p[0])) };
@@
(
 struct migrate_vma_ops *x@p;
|
 struct migrate_vma_ops *x@p = ...;
)

@disable extern_decl_init, static_decl_init@
identifier x;
position p : script:python() { seen(driver.found_pointer(p[0])) };
@@
(
 extern struct migrate_vma_ops x@p;
|
 static struct migrate_vma_ops x@p;
)

@@
identifier f, V, S, D, B, E, P;
position p : script:python(V, S, D, B, E, P) { seen(driver.found_callback(p[0], V, S, D, B, E, P)) };
@@
f@p(struct vm_area_struct *V, unsigned long *S, unsigned long *D, unsigned long B, unsigned long E,
    void *P)
{ ... }

@@
identifier f, vmf;
position p : script:python(f, vmf) { seen(driver.found_fault(p[0], f, vmf)) };
@@
f@p(..., struct vm_fault *vmf, ...) { ... }

// The first statement of a callback often gives private its type.
@disable drop_cast@
identifier x, P;
type T;
position p : script:python(T, x, P) { seen(driver.found_private(p[0], T, x, P)) };
@@
(
 T x@p = P;
|
 T x@p = (T)P;
)

@@
expression O, V, B, E, S, D;
local idexpression P;
position p : script:python() { seen(driver.found_local_private(p[0])) };
@@
migrate_vma@p(O, V, B, E, S, D, P)

@@
expression O, V, B, E, S, D;
type T;
T P;
position p : script:python(T) { seen(driver.found_type(p[0], T)) };
@@
migrate_vma@p(O, V, B, E, S, D, P)

@own_struct@
@@
struct migrate_vma { ... };

// Pagemaps that do not say yet whose they are.
@@
expression E;
position p : script:python(E) { seen(driver.found_setup(p[0], E)) };
@@
E.type@p = MEMORY_DEVICE_PRIVATE;

@disable ptr_to_array@
expression E;
position p : script:python(E) { seen(driver.found_setup(p[0], E)) };
@@
E->type@p = MEMORY_DEVICE_PRIVATE;

@@
symbol CONFIG_MIGRATE_VMA_HELPER;
position p : script:python() { seen(driver.found_option(p[0])) };
@@
IS_ENABLED(CONFIG_MIGRATE_VMA_HELPER@p)

// ------------------------------------------------------------- flags of src and dst words

@@
symbol MIGRATE_PFN_LOCKED, MIGRATE_PFN_DEVICE;
expression E;
position p : script:python() { seen(driver.found_flag(p[0])) };
@@
E | \(MIGRATE_PFN_LOCKED@p\|MIGRATE_PFN_DEVICE@p\)

@@
symbol MIGRATE_PFN_LOCKED, MIGRATE_PFN_DEVICE;
expression E;
position p : script:python() { seen(driver.found_flag(p[0])) };
@@
E |= \(MIGRATE_PFN_LOCKED@p\|MIGRATE_PFN_DEVICE@p\);

@disable bitand_comm@
symbol MIGRATE_PFN_DEVICE;
expression E;
position p : script:python(E) { seen(driver.found_flag(p[0], E)) };
@@
E & MIGRATE_PFN_DEVICE@p

@@
symbol MIGRATE_PFN_ERROR;
position p : script:python() { seen(driver.found_flag(p[0])) };
@@
MIGRATE_PFN_ERROR@p

// ------------------------------------------------------------- how calls are made
// The first form that fits a call counts.  Where that takes more than one statement, a
// constraint would see a part of the match for the whole.

@checked@
local idexpression R;
position p;
identifier l;
@@
R = migrate_vma@p(...);
if (\(unlikely(R)\|unlikely(R < 0)\|unlikely(R != 0)\))
(
 return ...;
|
 goto l;
|
 break;
|
 continue;
|
 { ...
(
 return ...;
|
 goto l;
|
 break;
|
 continue;
)
 }
)

@script:python@
p << checked.p;
R << checked.R;
@@
driver.found_form(p[0], "checked", R)

@condition@
position p;
identifier l;
@@
if (\(unlikely(migrate_vma@p(...))\|unlikely(migrate_vma@p(...) < 0)\|
      unlikely(migrate_vma@p(...) != 0)\))
(
 return ...;
|
 goto l;
|
 break;
|
 continue;
|
 { ...
(
 return ...;
|
 goto l;
|
 break;
|
 continue;
)
 }
)

@script:python@
p << condition.p;
@@
driver.found_form(p[0], "condition")

@@
local idexpression R;
position p : script:python(R) { seen(driver.found_form(p[0], "assigned", R)) };
@@
R = migrate_vma@p(...);

@disable drop_cast@
position p : script:python() { seen(driver.found_form(p[0], "ignored")) };
@@
(
 migrate_vma@p(...);
|
 (void)migrate_vma@p(...);
)

@@
expression R;
position p : script:python() { seen(driver.found_form(p[0], "statement")) };
@@
(
 R = migrate_vma@p(...);
|
 return migrate_vma@p(...);
)

@@
type T;
identifier x;
position p : script:python() { seen(driver.found_form(p[0], "declaration")) };
@@
T x = migrate_vma@p(...);

// ------------------------------------------------------------- whether it can be ported

@script:python@
@@
driver.report_neighbours()
driver.report_kconfig()
if not driver.judge():
	cocci.exit()

// ------------------------------------------------------------- calls
// Each is given a name of its own, by which the rules below find it again.

@tagged depends on patch@
position p : script:python() { driver.is_call(p[0]) };
fresh identifier tag = script:python(p) { driver.tag(p[0]) };
@@
- migrate_vma@p
+ tag
 (...)

// A struct of that name was the own one of the driver: the kernel had hidden its own.
@depends on tagged && own_struct@
identifier t = migrate_vma;
fresh identifier OWN = script:python(t) { driver.own_name(t) };
@@
-struct t
+struct OWN
 { ... };

@depends on tagged && own_struct@
identifier t = migrate_vma;
fresh identifier OWN = script:python(t) { driver.own_name(t) };
@@
-struct t
+struct OWN

@depends on tagged disable drop_cast@
identifier tag : script:python() { driver.is_tag(tag) };
@@
-(void)
 tag(...);

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "checked") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier alloc_and_copy = script:python(tag) { driver.callback_name(tag, 0) };
fresh identifier finalize_and_map = script:python(tag) { driver.callback_name(tag, 1) };
expression R, C, O, V, B, E, S, D, P;
statement L;
@@
+ARGS = (struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
-R = tag(O, V, B, E, S, D, P);
+R = migrate_vma_setup(&ARGS);
 if (C) L
+if (ARGS.cpages) {
+	alloc_and_copy(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_pages(&ARGS);
+	finalize_and_map(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_finalize(&ARGS);
+}

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "condition") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier alloc_and_copy = script:python(tag) { driver.callback_name(tag, 0) };
fresh identifier finalize_and_map = script:python(tag) { driver.callback_name(tag, 1) };
expression O, V, B, E, S, D, P;
statement L;
@@
+ARGS = (struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
 if (<+...
-         tag(O, V, B, E, S, D, P)
+         migrate_vma_setup(&ARGS)
     ...+>) L
+if (ARGS.cpages) {
+	alloc_and_copy(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_pages(&ARGS);
+	finalize_and_map(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_finalize(&ARGS);
+}

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "assigned") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier alloc_and_copy = script:python(tag) { driver.callback_name(tag, 0) };
fresh identifier finalize_and_map = script:python(tag) { driver.callback_name(tag, 1) };
expression R, O, V, B, E, S, D, P;
@@
+ARGS = (struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
-R = tag(O, V, B, E, S, D, P);
+R = migrate_vma_setup(&ARGS);
+if (!R && ARGS.cpages) {
+	alloc_and_copy(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_pages(&ARGS);
+	finalize_and_map(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_finalize(&ARGS);
+}

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "ignored") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier alloc_and_copy = script:python(tag) { driver.callback_name(tag, 0) };
fresh identifier finalize_and_map = script:python(tag) { driver.callback_name(tag, 1) };
expression O, V, B, E, S, D, P;
@@
+ARGS = (struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
-tag(O, V, B, E, S, D, P);
+if (!migrate_vma_setup(&ARGS) && ARGS.cpages) {
+	alloc_and_copy(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_pages(&ARGS);
+	finalize_and_map(ARGS.vma, ARGS.src, ARGS.dst, ARGS.start, ARGS.end, P);
+	migrate_vma_finalize(&ARGS);
+}

// The function that takes the place of the ops object is called.
@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "statement") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier callee = script:python(tag) { driver.callee(tag) };
expression R, O, V, B, E, S, D, P;
@@
+ARGS = (struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
-R = tag(O, V, B, E, S, D, P);
+R = callee(&ARGS, P);

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "statement") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier callee = script:python(tag) { driver.callee(tag) };
expression O, V, B, E, S, D, P;
@@
+ARGS = (struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
-return tag(O, V, B, E, S, D, P);
+return callee(&ARGS, P);

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "statement") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier callee = script:python(tag) { driver.callee(tag) };
expression O, V, B, E, S, D, P;
@@
+ARGS = (struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
-tag(O, V, B, E, S, D, P);
+callee(&ARGS, P);

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "declaration") };
fresh identifier ARGS = script:python(tag) { driver.variable(tag) };
fresh identifier callee = script:python(tag) { driver.callee(tag) };
expression O, V, B, E, S, D, P;
identifier x;
type T;
@@
+struct migrate_vma ARGS = {
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
 T x =
-    tag(O, V, B, E, S, D, P)
+    callee(&ARGS, P)
  ;

@depends on tagged@
identifier tag : script:python() { driver.has_form(tag, "expression") };
fresh identifier callee = script:python(tag) { driver.callee(tag) };
expression O, V, B, E, S, D, P;
@@
-tag(O, V, B, E, S, D, P)
+callee(&(struct migrate_vma){
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+ }, P)

// The struct is declared where it is filled if only declarations are before that, ...
@depends on tagged@
identifier ARGS;
identifier tag : script:python() { driver.is_tag(tag) };
expression V, B, E, S, D;
declaration X;
statement Y;
position p;
@@
 {@p
 ... when != Y
     when any
 X
+struct migrate_vma ARGS = {
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
-ARGS = (struct migrate_vma){ .vma = V, .start = B, .end = E, .src = S, .dst = D, tag };
 ... when any
 }

@depends on tagged disable braces3@
identifier ARGS;
identifier tag : script:python() { driver.is_tag(tag) };
expression V, B, E, S, D;
position p;
@@
 {@p
-ARGS = (struct migrate_vma){ .vma = V, .start = B, .end = E, .src = S, .dst = D, tag };
+struct migrate_vma ARGS = {
+	.vma		= V,
+	.start		= B,
+	.end		= E,
+	.src		= S,
+	.dst		= D,
+	tag,
+};
+
 ... when any
 }

// ... else at the top of the function.
@depends on tagged@
identifier tag : script:python() { driver.is_tag(tag) };
expression A;
position p : script:python(tag) { seen(driver.found_undeclared(tag)) };
@@
 A =@p (struct migrate_vma){ ..., tag }

@depends on tagged@
identifier f : script:python() { driver.lacks_variables(f) };
fresh identifier ARGS = script:python(f) { driver.variables(f) };
declaration X;
statement Y, Z;
position p;
@@
 f(...) {@p
 ... when != Y
     when any
 X
+struct migrate_vma ARGS;
 Z
 ... when any
 }

@depends on tagged disable decl_init@
identifier a;
position p : script:python(a) { seen(driver.found_declared(p[0], a)) };
@@
 struct migrate_vma a@p;

@depends on tagged disable braces3@
identifier f : script:python() { driver.lacks_variables(f) };
fresh identifier ARGS = script:python(f) { driver.variables(f) };
position p;
@@
 f(...) {@p
+struct migrate_vma ARGS;
 ...
 }

// ------------------------------------------------------------- ops objects

@depends on tagged@
identifier o : script:python() { driver.is_replaced(o) };
fresh identifier successor = script:python(o) { driver.helper(o) };
fresh identifier alloc_and_copy = script:python(o) { driver.member(o, 0) };
fresh identifier finalize_and_map = script:python(o) { driver.member(o, 1) };
fresh identifier PRIVATE = script:python(o) { driver.private_name(o) };
initializer list members;
@@
 struct migrate_vma_ops o = { members };
+
+static int successor(struct migrate_vma *args, void *PRIVATE)
+{
+	int ret;
+
+	ret = migrate_vma_setup(args);
+	if (ret || !args->cpages)
+		return ret;
+	alloc_and_copy(args->vma, args->src, args->dst, args->start, args->end, PRIVATE);
+	migrate_vma_pages(args);
+	finalize_and_map(args->vma, args->src, args->dst, args->start, args->end, PRIVATE);
+	migrate_vma_finalize(args);
+	return 0;
+}

@depends on tagged@
identifier f : script:python() { driver.has_object(f) };
fresh identifier successor = script:python(f) { driver.helper(f) };
fresh identifier alloc_and_copy = script:python(f) { driver.member(f, 0) };
fresh identifier finalize_and_map = script:python(f) { driver.member(f, 1) };
fresh identifier PRIVATE = script:python(f) { driver.private_name(f) };
@@
+static int successor(struct migrate_vma *args, void *PRIVATE)
+{
+	int ret;
+
+	ret = migrate_vma_setup(args);
+	if (ret || !args->cpages)
+		return ret;
+	alloc_and_copy(args->vma, args->src, args->dst, args->start, args->end, PRIVATE);
+	migrate_vma_pages(args);
+	finalize_and_map(args->vma, args->src, args->dst, args->start, args->end, PRIVATE);
+	migrate_vma_finalize(args);
+	return 0;
+}
+
 f(...) { ... }

@depends on tagged@
identifier o : script:python() { driver.is_object(o) };
initializer list members;
@@
-struct migrate_vma_ops o = { members };

@depends on tagged disable static_decl_init@
identifier o : script:python() { driver.is_object(o) and not driver.is_replaced(o) };
@@
-static struct migrate_vma_ops o;

// What else knew the object knows the function.
@depends on tagged@
identifier o : script:python() { driver.is_replaced(o) };
fresh identifier successor = script:python(o) { driver.helper(o) };
@@
-&o
+successor

@depends on tagged@
@@
-const struct migrate_vma_ops
+struct migrate_vma_ops

@depends on tagged disable extern_decl_init@
identifier o : script:python() { driver.is_replaced(o) };
fresh identifier successor = script:python(o) { driver.helper(o) };
@@
-extern struct migrate_vma_ops o;
+int successor(struct migrate_vma *args, void *private);

@depends on tagged disable static_decl_init@
identifier o : script:python() { driver.is_replaced(o) };
fresh identifier successor = script:python(o) { driver.helper(o) };
@@
-static struct migrate_vma_ops o;
+static int successor(struct migrate_vma *args, void *private);

@depends on tagged@
identifier f, x;
@@
 f(...,
-  struct migrate_vma_ops *x
+  int (*x)(struct migrate_vma *args, void *private)
   , ...)
 { ... }

@depends on tagged@
identifier f, x;
type T;
@@
 T f(...,
-    struct migrate_vma_ops *x
+    int (*x)(struct migrate_vma *args, void *private)
     , ...);

@depends on tagged@
identifier t, x;
@@
 struct t {
	...
-	struct migrate_vma_ops *x;
+	int (*x)(struct migrate_vma *args, void *private);
	...
 };

@depends on tagged disable decl_init@
identifier x;
@@
(
-struct migrate_vma_ops *x;
+int (*x)(struct migrate_vma *args, void *private);
|
-struct migrate_vma_ops *x
+int (*x)(struct migrate_vma *args, void *private)
  = ...;
)

// What the function is given as private, and whether other files may call it.
@typed depends on tagged@
identifier f : script:python() { driver.has_typed_private(f) };
identifier A, P;
position p;
@@
 f@p(struct migrate_vma *A, void *P) { ... }

@script:python private_type@
f << typed.f;
T;
@@
coccinelle.T = cocci.make_type(driver.helper_named(f).private)

@@
identifier typed.f;
identifier A, P;
type private_type.T;
@@
 f(struct migrate_vma *A,
-  void *P
+  T P
  ) { ... }

@without_private depends on tagged@
identifier f : script:python() { driver.lacks_private(f) };
identifier A, P;
@@
 f(struct migrate_vma *A
-  , void *P
  ) { ... }

@depends on without_private@
identifier f : script:python() { driver.lacks_private(f) };
expression A, P;
@@
 f(A
-  , P
  )

@depends on tagged@
identifier f : script:python() { driver.is_shared(f) };
identifier A, P;
@@
-static
 int f(struct migrate_vma *A, void *P) { ... }

// ------------------------------------------------------------- callbacks

// spatch changes a prototype like the definition, if it has the same names.
@depends on tagged@
identifier f : script:python() { driver.is_callback(f) };
fresh identifier VMA = script:python(f) { driver.parameter(f, "vma") };
fresh identifier SRC = script:python(f) { driver.parameter(f, "src") };
fresh identifier DST = script:python(f) { driver.parameter(f, "dst") };
fresh identifier START = script:python(f) { driver.parameter(f, "start") };
fresh identifier END = script:python(f) { driver.parameter(f, "end") };
fresh identifier PRIVATE = script:python(f) { driver.parameter(f, "private") };
identifier V, S, D, B, E, P;
type T, T1, T2, T3, T4, T5, T6;
@@
 T f(T1
-    V
+    VMA
     , T2
-    S
+    SRC
     , T3
-    D
+    DST
     , T4
-    B
+    START
     , T5
-    E
+    END
     , T6
-    P
+    PRIVATE
     );

@depends on tagged disable drop_cast exists@
identifier f : script:python() { driver.has_typed_parameter(f) };
identifier P, x;
type T;
@@
 f(...,
-  void *P
+  T x
  ) {
 ... when any
(
-T x = P;
|
-T x = (T)P;
)
 ... when any
 }

@depends on tagged@
identifier f, x;
type T;
parameter list before;
position p : script:python(f, x) { driver.drops_parameter(f, x) };
@@
 f(before
-  , T x@p
  ) { ... }

@depends on tagged@
identifier f, x;
type T;
position p : script:python(f, x) { driver.drops_parameter(f, x) };
@@
 f(...,
-  T x@p,
   ...) { ... }

@depends on tagged@
identifier f : script:python() { driver.is_callback(f) };
@@
 f(
+  void
  ) { ... }

@depends on tagged@
identifier f : script:python() { driver.drops_role(f, "private") };
expression V, S, D, B, E, P;
@@
 f(V, S, D, B, E
-  , P
  )

@depends on tagged@
identifier f;
identifier member : script:python(f) { driver.drops_role(f, member) };
expression A;
@@
 f(...,
-  A.member,
   ...)

@depends on tagged disable ptr_to_array@
identifier f;
identifier member : script:python(f) { driver.drops_role(f, member) };
expression A;
@@
 f(...,
-  A->member,
   ...)

@depends on tagged@
identifier f : script:python() { driver.becomes_static(f) };
type T;
@@
+static
 T f(...) { ... }

@depends on tagged@
symbol migrate_vma_no_callback;
@@
-migrate_vma_no_callback(...);

@depends on tagged@
identifier f : script:python() { driver.is_empty(f) };
type T;
@@
-T f(...) { }

// ------------------------------------------------------------- members of the struct
// Each twice: where the struct is filled, and where it is declared.

@depends on tagged@
identifier tag : script:python() { driver.needs_mask(tag) };
fresh identifier START = script:python(tag) { driver.masked_start(tag) };
expression V, B, E, S, D;
@@
 (struct migrate_vma){
	.vma = V,
-	.start = B,
+	.start = START,
	.end = E,
	.src = S,
	.dst = D,
	tag,
 }

@depends on tagged@
identifier tag : script:python() { driver.needs_mask(tag) };
fresh identifier START = script:python(tag) { driver.masked_start(tag) };
expression V, B, E, S, D;
identifier ARGS;
@@
 struct migrate_vma ARGS = {
	.vma = V,
-	.start = B,
+	.start = START,
	.end = E,
	.src = S,
	.dst = D,
	tag,
 };

@depends on tagged@
identifier tag : script:python() { driver.has_owner(tag) };
fresh identifier MEMBER = script:python(tag) { driver.owner_member(tag) };
fresh identifier OWNER = script:python(tag) { driver.owner(tag) };
initializer list before;
@@
 (struct migrate_vma){
	before,
+	.MEMBER = OWNER,
	tag,
 }

@depends on tagged@
identifier tag : script:python() { driver.has_owner(tag) };
fresh identifier MEMBER = script:python(tag) { driver.owner_member(tag) };
fresh identifier OWNER = script:python(tag) { driver.owner(tag) };
initializer list before;
identifier ARGS;
@@
 struct migrate_vma ARGS = {
	before,
+	.MEMBER = OWNER,
	tag,
 };

@depends on tagged@
identifier tag : script:python() { driver.has_flags(tag) };
fresh identifier FLAGS = script:python(tag) { driver.flags(tag) };
initializer list before;
@@
 (struct migrate_vma){
	before,
+	.flags = FLAGS,
	tag,
 }

@depends on tagged@
identifier tag : script:python() { driver.has_flags(tag) };
fresh identifier FLAGS = script:python(tag) { driver.flags(tag) };
initializer list before;
identifier ARGS;
@@
 struct migrate_vma ARGS = {
	before,
+	.flags = FLAGS,
	tag,
 };

@depends on tagged@
identifier tag : script:python() { driver.has_fault_page(tag) };
fresh identifier PAGE = script:python(tag) { driver.fault_page(tag) };
initializer list before;
@@
 (struct migrate_vma){
	before,
+	.fault_page = PAGE,
	tag,
 }

@depends on tagged@
identifier tag : script:python() { driver.has_fault_page(tag) };
fresh identifier PAGE = script:python(tag) { driver.fault_page(tag) };
initializer list before;
identifier ARGS;
@@
 struct migrate_vma ARGS = {
	before,
+	.fault_page = PAGE,
	tag,
 };

@depends on tagged@
identifier tag : script:python() { driver.is_tag(tag) };
initializer list before;
@@
 (struct migrate_vma){
	before,
-	tag,
 }

@depends on tagged@
identifier tag : script:python() { driver.is_tag(tag) };
initializer list before;
identifier ARGS;
@@
 struct migrate_vma ARGS = {
	before,
-	tag,
 };

// ------------------------------------------------------------- whose memory it is

@depends on tagged@
expression E;
position p : script:python() { driver.is_setup(p[0]) };
fresh identifier OWNER = script:python(p) { driver.new_owner };
@@
(
 E.type@p = MEMORY_DEVICE_PRIVATE;
+E.owner = OWNER;
|
 E->type@p = MEMORY_DEVICE_PRIVATE;
+E->owner = OWNER;
)

// ------------------------------------------------------------- names that are gone

@depends on tagged@
symbol CONFIG_MIGRATE_VMA_HELPER, CONFIG_DEVICE_PRIVATE;
@@
 IS_ENABLED(
-	   CONFIG_MIGRATE_VMA_HELPER
+	   CONFIG_DEVICE_PRIVATE
	   )

@depends on tagged@
symbol MIGRATE_PFN_DEVICE;
expression E;
@@
-E | MIGRATE_PFN_DEVICE
+E

@depends on tagged@
symbol MIGRATE_PFN_DEVICE;
expression E;
@@
-E |= MIGRATE_PFN_DEVICE;

@depends on tagged disable bitand_comm@
symbol MIGRATE_PFN_DEVICE;
expression E;
@@
(
 (
-E & MIGRATE_PFN_DEVICE
+migrate_pfn_to_page(E) && is_device_private_page(migrate_pfn_to_page(E))
 )
|
-E & MIGRATE_PFN_DEVICE
+(migrate_pfn_to_page(E) && is_device_private_page(migrate_pfn_to_page(E)))
)

@depends on tagged@
symbol MIGRATE_PFN_LOCKED;
expression E;
position p : script:python() { not release.pfn_locked };
@@
-E | MIGRATE_PFN_LOCKED@p
+E

@depends on tagged@
symbol MIGRATE_PFN_LOCKED;
expression E;
position p : script:python() { not release.pfn_locked };
@@
-E |= MIGRATE_PFN_LOCKED@p;

@depends on tagged@
symbol MIGRATE_PFN_ERROR;
position p;
fresh identifier BIT = script:python(p) { driver.error_bit() };
@@
-MIGRATE_PFN_ERROR@p
+BIT

@depends on tagged@
identifier f : script:python() { driver.is_first_function(f) };
fresh identifier BIT = script:python(f) { driver.error_bit() };
@@
+#define BIT (1UL << (BITS_PER_LONG - 1))
+
 f(...) { ... }

@depends on tagged@
identifier f : script:python() { driver.is_first_for_owner(f) };
fresh identifier TAG = script:python(f) { driver.owner_tag };
@@
+static char TAG;
+
 f(...) { ... }

// ------------------------------------------------------------- what came out

@depends on tagged@
identifier f;
position p : script:python() { seen(driver.found_result(p[0])) };
@@
f@p(...) { ... }

@left_object depends on tagged@
@@
struct migrate_vma_ops

@script:python depends on left_object@
@@
driver.fail("struct migrate_vma_ops")

@script:python depends on tagged@
@@
driver.check_results()
