/* SPDX-License-Identifier: GPL-2.0-only */
/* What the pages do beside being read. Each function is one thing, and works from files too. */
(function () {
	"use strict";

	var root = document.documentElement;
	var themes = ["auto", "light", "dark"];

	function remembered() {
		try {
			return localStorage.getItem("theme") || "auto";
		} catch (refused) {
			return "auto";
		}
	}

	function useTheme(name) {
		if (themes.indexOf(name) < 1)
			name = "auto";
		root.dataset.theme = name;
		try {
			localStorage.setItem("theme", name);
		} catch (refused) { /* it holds for this page */ }
		return name;
	}

	function themeButton() {
		var button = document.querySelector("button.theme");

		function label() {
			var name = root.dataset.theme;
			button.textContent = name[0].toUpperCase() + name.slice(1);
		}
		button.addEventListener("click", function () {
			useTheme(themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length]);
			label();
		});
		label();
	}

	function menuButton() {
		var button = document.querySelector("button.menu");

		button.addEventListener("click", function () {
			var open = document.body.classList.toggle("menu-open");
			button.setAttribute("aria-expanded", open);
		});
		var current = document.querySelector("nav.contents a.current");
		if (current && current.offsetParent)
			current.offsetParent.scrollTop = current.offsetTop - 80;
	}

	/* The section that is being read: the last one whose head is above the middle. */
	function markSection() {
		var links = [].filter.call(document.querySelectorAll("nav.sections a[href^='#']"),
			function (link) { return link.hash.length > 1; });
		var heads = links.map(function (link) {
			return document.getElementById(decodeURIComponent(link.hash.slice(1)));
		});

		function mark() {
			var here = 0;
			heads.forEach(function (head, i) {
				if (head && head.getBoundingClientRect().top < innerHeight / 3)
					here = i;
			});
			links.forEach(function (link, i) { link.classList.toggle("here", i === here); });
		}
		if (links.length) {
			addEventListener("scroll", mark, { passive: true });
			mark();
		}
	}

	/* Of a console block only the commands are copied. */
	function copied(block) {
		var text = block.querySelector("pre").textContent;

		if (!block.parentNode.matches(".highlight-console"))
			return text;
		var inside = false;
		return text.split("\n").filter(function (line) {
			var taken = inside || line.startsWith("$ ");
			inside = taken && line.endsWith("\\");
			return taken;
		}).map(function (line) { return line.replace(/^\$ /, ""); }).join("\n") || text;
	}

	function copyButtons() {
		document.querySelectorAll("main .highlight").forEach(function (block) {
			var button = document.createElement("button");
			button.type = "button";
			button.className = "copy";
			button.textContent = "Copy";
			button.addEventListener("click", function () {
				var done = function () { button.textContent = "Copied"; };
				if (navigator.clipboard)
					navigator.clipboard.writeText(copied(block)).then(done, function () {});
				setTimeout(function () { button.textContent = "Copy"; }, 1500);
			});
			block.appendChild(button);
		});
	}

	/* "all", "before 5.9", "from 5.9", "5.9 to 6.0" */
	function holds(range, release) {
		function number(text) {
			var parts = text.split(".");
			return parts[0] * 1000 + +parts[1];
		}
		var names = (range.match(/\d+\.\d+/g) || []).map(number), at = number(release);

		if (/^before /.test(range))
			return at < names[0];
		if (/^from /.test(range) && names.length === 1)
			return at >= names[0];
		if (names.length === 2)
			return at >= names[0] && (/before/.test(range) ? at < names[1] : at <= names[1]);
		return true;
	}

	/* A table whose second column says for which releases a row holds. */
	function releaseFilter() {
		document.querySelectorAll("table.by-release").forEach(function (table) {
			var rows = [].slice.call(table.tBodies[0].rows), name = "", releases = {};
			var label = document.createElement("label"), select = document.createElement("select");

			rows.forEach(function (row) {
				if (row.cells[0].textContent.trim()) {
					name = row.cells[0].innerHTML;
				} else {
					row.cells[0].innerHTML = name;
					row.classList.add("again");
				}
				(row.cells[1].textContent.match(/\d+\.\d+/g) || []).forEach(function (release) {
					releases[release] = true;
				});
			});
			["every release"].concat(Object.keys(releases).sort(function (a, b) {
				return holds("before " + b, a) ? -1 : 1;
			})).forEach(function (release) {
				select.add(new Option(release));
			});
			select.addEventListener("change", function () {
				var all = select.selectedIndex === 0;
				rows.forEach(function (row) {
					row.hidden = !all && !holds(row.cells[1].textContent.trim(), select.value);
				});
				table.classList.toggle("filtered", !all);
			});
			label.className = "filter";
			label.append("Linux ", select);
			table.before(label);
		});
	}

	/* On a phone each row of a table is a block, and each cell says what it is. */
	function cellLabels() {
		document.querySelectorAll("main table.stack, main table.by-release").forEach(function (table) {
			var heads = table.tHead ? [].map.call(table.tHead.rows[0].cells, function (cell) {
				return cell.textContent.trim();
			}) : [];
			[].forEach.call(table.tBodies[0].rows, function (row) {
				[].forEach.call(row.cells, function (cell, i) {
					if (i && heads[i])
						cell.dataset.label = heads[i];
				});
			});
		});
	}

	useTheme(remembered());
	document.addEventListener("DOMContentLoaded", function () {
		themeButton();
		menuButton();
		markSection();
		copyButtons();
		releaseFilter();
		cellLabels();
	});
})();
