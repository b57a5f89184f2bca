/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The search. search-index.js sets searchIndex to a list of parts of pages, each
 * {page, title, anchor, name, text}: name is the heading, or the name that is documented there.
 * Parts are ranked by BM25, with the words of headings counted several times.
 */
(function () {
	"use strict";

	var idle = /^(a|an|and|are|at|be|by|do|for|how|i|in|is|it|my|of|on|or|the|to|what|with|why)$/;

	/* The few endings of English that matter; names stay as they are. */
	function stem(word) {
		if (word.length < 5 || /[_0-9]/.test(word))
			return word;
		return word.replace(/(ing|ings|ed|es|s|e)$/, "").replace(/([^aeiouls])\1$/, "$1");
	}

	function words(text) {
		return (text.toLowerCase().match(/[a-z0-9_]+(?:[.-][a-z0-9_]+)*/g) || []);
	}

	/* A name counts as a whole, and its parts a little. */
	function count(text, weight, into) {
		words(text).forEach(function (word) {
			into[stem(word)] = (into[stem(word)] || 0) + weight;
			if (/[_.-]/.test(word))
				word.split(/[_.-]+/).forEach(function (part) {
					if (part)
						into[stem(part)] = (into[stem(part)] || 0) + weight / 4;
				});
		});
	}

	function prepare(index) {
		var total = 0;
		index.forEach(function (part) {
			part.counts = Object.create(null);
			count(part.text, 1, part.counts);
			/* SYNOPSIS and the like are on every manual page. */
			count(part.name, /^[A-Z ]+$/.test(part.name) ? 1 : 6, part.counts);
			count(part.title, 2, part.counts);
			part.length = words(part.text).length + 20;
			total += part.length;
		});
		return total / (index.length || 1);
	}

	function search(index, query, limit) {
		var mean = prepare(index);
		var terms = words(query).filter(function (word, i, all) {
			return all.length === 1 || !idle.test(word);
		}).map(stem);
		var rarity = terms.map(function (term) {
			var having = index.filter(function (part) { return part.counts[term]; }).length;
			return Math.log(1 + (index.length - having + 0.5) / (having + 0.5));
		});
		var exact = words(query).join(" ");

		var found = index.map(function (part) {
			var score = 0, matched = 0;
			terms.forEach(function (term, i) {
				var times = part.counts[term] || 0;
				if (!times)
					return;
				matched++;
				score += rarity[i] * times * 2.2 / (times + 1.2 * (0.4 + 0.6 * part.length / mean));
			});
			score *= Math.pow(matched / (terms.length || 1), 2);
			if (exact && words(part.name).join(" ") === exact)
				score *= 2;
			return { part: part, score: score * part.weight };
		}).filter(function (one) {
			return one.score > 0;
		}).sort(function (a, b) {
			return b.score - a.score;
		});
		return byPage(found).slice(0, limit);
	}

	/* One result a page: its best part, and which others have it too. They count a little. */
	function byPage(found) {
		var pages = [], of = Object.create(null);

		found.forEach(function (one) {
			var best = of[one.part.page];
			if (!best) {
				of[one.part.page] = best = one;
				one.more = [];
				pages.push(one);
			} else if (one.score > best.score / 3 || best.more.length < 3) {
				best.more.push(one.part);
				best.score += one.score / (4 + 2 * best.more.length);
			}
		});
		return pages.sort(function (a, b) { return b.score - a.score; });
	}

	/* Where in the text the words are, with a little around it. */
	function excerpt(text, query) {
		var wanted = words(query).map(stem), best = 0, at = 0, match;
		var pattern = /[A-Za-z0-9_]+/g, places = [];

		while ((match = pattern.exec(text)))
			if (wanted.indexOf(stem(match[0].toLowerCase())) >= 0)
				places.push(match.index);
		places.forEach(function (place) {
			var near = places.filter(function (other) {
				return other >= place && other < place + 160;
			}).length;
			if (near > best) {
				best = near;
				at = place;
			}
		});
		var begin = at < 60 ? 0 : text.indexOf(" ", at - 60) + 1;
		return (begin ? "\u2026 " : "") + text.slice(begin, begin + 220) +
			(text.length > begin + 220 ? " \u2026" : "");
	}

	function show(query) {
		var list = document.getElementById("results"), root = document.documentElement.dataset.root;
		var found = search(searchIndex, query, 30);

		list.textContent = "";
		document.getElementById("found").textContent = found.length ?
			"Best for \u201c" + query + "\u201d:" : "Nothing has \u201c" + query + "\u201d.";
		function link(part) {
			var made = document.createElement("a");
			made.href = root + part.page + ".html" + (part.anchor ? "#" + part.anchor : "");
			made.textContent = part.name || part.title;
			return made;
		}
		found.forEach(function (one) {
			var item = document.createElement("li"), where = document.createElement("span");
			var text = document.createElement("p"), more = document.createElement("p");
			where.textContent = one.part.name && one.part.name !== one.part.title ? one.part.title : "";
			text.textContent = excerpt(one.part.text, query);
			one.more.slice(0, 4).forEach(function (part, i) {
				more.append(i ? ", " : "Also: ", link(part));
			});
			item.append(link(one.part), " ", where, text, more);
			list.append(item);
		});
	}

	var query = new URLSearchParams(location.search).get("q");
	if (query) {
		document.querySelector("form.search input").value = query;
		show(query);
	}
})();
