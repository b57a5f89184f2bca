/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Opens every page of pages.js (which browser-test.sh writes) in a frame of the width of a desk
 * and of a phone, and writes what it finds in TAP. The width of a frame is what the page takes
 * for the width of the window.
 */
"use strict";

var tests = [], lines = [];

function test(name, run) {
	tests.push({ name: name, run: run });
}

function open(url, width) {
	return new Promise(function (done) {
		document.querySelectorAll("iframe").forEach(function (old) { old.remove(); });
		var frame = document.createElement("iframe");
		frame.style.width = width + "px";
		frame.addEventListener("load", function () { done(frame.contentWindow); });
		frame.src = "../" + url;
		document.body.append(frame);
	});
}

async function everyPage(width, look) {
	var complaints = [];
	for (var page of pages) {
		var complaint = look(await open(page, width));
		if (complaint)
			complaints.push(page + ": " + complaint);
	}
	return complaints.join("\n");
}

function tooWide(view) {
	var all = view.document.scrollingElement;
	if (all.scrollWidth <= view.innerWidth)
		return "";
	var guilty = [].filter.call(view.document.querySelectorAll("main *"), function (element) {
		return element.getBoundingClientRect().right > view.innerWidth + 1 &&
			!element.closest("pre, figure, table");
	});
	return all.scrollWidth + " pixels wide: " +
		(guilty[0] ? guilty[0].outerHTML.slice(0, 120) : "not in the text");
}

/* Of a colour as the browser gives it. */
function channels(colour) {
	var parts = colour.match(/[\d.]+/g).map(Number);
	return { parts: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
}

function luminance(parts) {
	var linear = parts.map(function (value) {
		value /= 255;
		return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
	});
	return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

function contrast(one, other) {
	var a = luminance(one), b = luminance(other);
	return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function background(view, element) {
	for (; element; element = element.parentElement) {
		var colour = channels(view.getComputedStyle(element).backgroundColor);
		if (colour.alpha === 1)
			return colour.parts;
	}
	return [255, 255, 255];
}

function hasText(element) {
	return [].some.call(element.childNodes, function (node) {
		return node.nodeType === 3 && node.data.trim();
	});
}

/* WCAG AA. Of a picture, its text on each of its fields. */
function faint(view) {
	var complaint = "", text = view.getComputedStyle(view.document.body).color;

	view.document.querySelectorAll("body *").forEach(function (element) {
		var style = view.getComputedStyle(element), ratio = 21;
		if (complaint || element.closest("[hidden], noscript, script"))
			return;
		if (element.tagName === "rect" && style.fill !== "none")
			ratio = contrast(channels(style.fill).parts, channels(text).parts);
		else if (!element.closest("svg") && hasText(element) && channels(style.color).alpha === 1)
			ratio = contrast(channels(style.color).parts, background(view, element));
		if (ratio < 4.5)
			complaint = ratio.toFixed(1) + " of 4.5: " + element.outerHTML.slice(0, 120);
	});
	return complaint;
}

function inTheme(name, look) {
	return function (view) {
		view.document.documentElement.dataset.theme = name;
		return look(view);
	};
}

function press(view, selector) {
	view.document.querySelector(selector).click();
}

test("nothing is cut off at 1280 pixels", function () { return everyPage(1280, tooWide); });
test("nothing is cut off at 390 pixels", function () { return everyPage(390, tooWide); });
test("text can be read in light colours", function () { return everyPage(1280, inTheme("light", faint)); });
test("text can be read in dark colours", function () { return everyPage(1280, inTheme("dark", faint)); });

test("the button of colours changes them, and the next page remembers", async function () {
	var view = await open("index.html", 1280), seen = [];
	view.localStorage.removeItem("theme");
	view = await open("index.html", 1280);
	for (var i = 0; i < 3; i++) {
		var label = view.document.querySelector("button.theme").textContent;
		seen.push(label + " " + view.getComputedStyle(view.document.body).colorScheme);
		press(view, "button.theme");
	}
	press(view, "button.theme");
	view = await open(pages[0], 1280);
	seen.push(view.document.querySelector("button.theme").textContent);
	view.localStorage.removeItem("theme");
	return seen.join(", ") === "Auto light dark, Light light, Dark dark, Light" ? "" : seen.join(", ");
});

test("the menu opens on a phone", async function () {
	var view = await open("tutorial.html", 390);
	var menu = view.document.querySelector("nav.contents");
	if (menu.offsetParent || menu.getClientRects().length)
		return "it is open already";
	press(view, "button.menu");
	return menu.getClientRects().length ? "" : "it stays closed";
});

test("the section that is read is marked", async function () {
	var view = await open("guide/three-steps.html", 1400), seen = [];
	[0, 0.5, 1].forEach(function (part) {
		view.scrollTo(0, part * view.document.scrollingElement.scrollHeight);
		view.dispatchEvent(new Event("scroll"));
		var here = view.document.querySelectorAll("nav.sections a.here");
		seen.push(here.length === 1 ? here[0].textContent : here.length);
	});
	return seen[0] !== seen[1] && seen[1] !== seen[2] ? "" : seen.join(" | ");
});

test("a console block is copied without its prompt and output", async function () {
	var view = await open("tutorial.html", 1280), copied = "";
	Object.defineProperty(view.navigator, "clipboard", { value: {
		writeText: function (text) { copied = text; return Promise.resolve(); } } });
	press(view, ".highlight-console .copy");
	return /^make/.test(copied) && !/\$/.test(copied) ? "" : "copied: " + copied;
});

test("the table of states shows the rows of one release", async function () {
	var view = await open("reference/states.html", 390);
	var select = view.document.querySelector(".filter select");
	var rows = [].slice.call(view.document.querySelectorAll("table.by-release tbody tr"));
	select.value = "5.9";
	select.dispatchEvent(new Event("change"));
	var shown = rows.filter(function (row) { return row.getClientRects().length; });
	var ranges = shown.map(function (row) { return row.cells[1].textContent.trim(); });
	if (shown.length >= rows.length || ranges.indexOf("before 5.9") >= 0 || ranges.indexOf("from 5.9") < 0)
		return "shown at 5.9: " + ranges.join(", ");
	return shown.every(function (row) { return row.cells[0].textContent.trim(); }) ? "" : "a row has no name";
});

queries.forEach(function (one) {
	test("search finds " + one.page + " for: " + one.query, async function () {
		var view = await open("search.html?q=" + encodeURIComponent(one.query), 1280);
		var links = [].map.call(view.document.querySelectorAll("#results li > a"), function (link) {
			return link.getAttribute("href").replace(/^\.\//, "");
		});
		return links.slice(0, 3).some(function (link) {
			return link.split("#")[0] === one.page + ".html";
		}) ? "" : "found: " + links.slice(0, 5).join(", ");
	});
});

(async function () {
	lines.push("1.." + tests.length);
	for (var i = 0; i < tests.length; i++) {
		var complaint;
		try {
			complaint = await tests[i].run();
		} catch (thrown) {
			complaint = String(thrown);
		}
		lines.push((complaint ? "not ok " : "ok ") + (i + 1) + " - " + tests[i].name);
		if (complaint)
			lines.push(complaint.replace(/^/gm, "# "));
		document.getElementById("tap").textContent = lines.join("\n");
	}
	document.getElementById("tap").textContent += "\nfinished";
})();
