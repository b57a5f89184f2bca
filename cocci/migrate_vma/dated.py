# SPDX-License-Identifier: GPL-2.0-only
"""Names that a release does not have any more, or not yet, and where they mean that."""

import re

from .tables import DATED_NAMES

PAGES = ("migrate_pfn_to_page", "pfn_to_page", "virt_to_page")


def is_of_page(source, i):
	"""page->pgmap of a struct page *page, vmf->page->pgmap, migrate_pfn_to_page(src[i])->pgmap."""
	before = source.text(i - 2)
	if source.text(i - 1) != "->" or source.text(i + 1) == ".":
		return False
	if before == ")":
		return source.text(source.match.get(i - 2, 0) - 1) in PAGES
	if source.is_member(i - 2):
		return before in ("page", "fault_page")
	function = source.function_at(i)
	words = " ".join(source.words(function[0], i)) if function else ""
	return bool(re.search(r"struct page \* (\w+( = [^;,]*)? , \* )*%s\b" % re.escape(before), words))


def is_of_pagemap(source, i):
	words = source.words(max(source.statement_start(i), i - 8), i)
	return source.is_member(i) and any("pagemap" in word or "pgmap" in word for word in words)


def is_operation(source, i):
	"""Set in an initialiser of a struct dev_pagemap_ops, or used as ops->name."""
	if not source.is_member(i):
		return False
	if source.words(i - 2, i) == ["ops", "->"]:
		return True
	words = source.words(max(0, i - 60), i)
	if ";" in words:
		words = words[len(words) - words[::-1].index(";"):]
	return source.text(i + 1) == "=" and "dev_pagemap_ops" in words


def is_at(source, i, place):
	"""Whether a token is in a place of the table DATED_NAMES."""
	member = source.is_member(i)
	if place == "any":
		return not member
	if place == "struct":
		return source.text(i - 1) == "struct"
	if place == "member":
		return member
	if place == "member of page":
		return is_of_page(source, i)
	if place == "member of pagemap":
		return is_of_pagemap(source, i)
	if place == "operation":
		return is_operation(source, i)
	if member or source.text(i + 1) != "(":
		return False
	return place == "call" or place == "call of %d" % len(source.arguments(i))


def find(source, i, number):
	"""What the table says of a token that a release does not have, or None."""
	for dated in DATED_NAMES:
		if dated.name == source.text(i) and is_at(source, i, dated.place) and not (
				(dated.since or (0,)) <= number < (dated.until or (99,))):
			return dated
	return None
