# SPDX-License-Identifier: GPL-2.0-only
"""A C file as a list of tokens, for what is a matter of text and not of syntax."""

import collections
import re


Token = collections.namedtuple("Token", "text line column directive arms")

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
		self.tokens, self.comments, self.comment_ends = [], [], []
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
				self.comment_ends.append((line + word.count("\n"), word))
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

	def find_missing_bracket(self):
		"""A bracket without another one, where no #if hides that, or None."""
		if any(token.arms for token in self.tokens):
			return None
		return next((i for i, token in enumerate(self.tokens) if token.directive is None and
			     token.text in "()[]{}" and i not in self.match), None)

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

	def is_kept_out(self, i, number):
		"""Whether an #if takes a token out for a release: LINUX_VERSION_CODE < KERNEL_VERSION(5, 4, 0)."""
		for conditional, arm in self.tokens[i].arms:
			found = re.search(r"< KERNEL_VERSION \( (\d+) , (\d+)", conditional.arms[arm])
			if found and number >= (int(found.group(1)), int(found.group(2))):
				return True
		return False

	def is_conditional(self, i):
		"""Whether an #if may take a token out; what is around a whole file does not count."""
		return any(arm or not re.match(r"ifndef \w+_H_*$", conditional.arms[0])
			   for conditional, arm in self.tokens[i].arms)

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


def text_of(words):
	return re.sub(r" ?(->|\.) ?", r"\1", " ".join(words))
