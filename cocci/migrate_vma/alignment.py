# SPDX-License-Identifier: GPL-2.0-only
"""Whether start is the start of a page: migrate_vma() rounded it down before it counted pages."""

import re

from .source import ASSIGNMENTS, NAME


class Alignment:
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
