/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The forms that an API has had since the three steps, and how to find out which one a kernel has.
 *
 * An API is a file in forms/, which is part of the program as the text that it is:
 *
 *	# what it is, in a line
 *	api NAME		as people call it
 *	use KIND ...		what in a driver is a use of it, see enum form_use_kind
 *	include HEADER		what its probes and helpers need; "below REL include HEADER" where it
 *				is needed for older kernels alone
 *	form NAME REL		a form, the newest first: the first release that has it.
 *				"form NAME backport REL": no release has it, but kernels before REL
 *				that took something over may
 *	says TEXT		for the table in the header
 *	probe			C that compiles where the kernel has the form
 *	code			the helper in that form; "joined": that of the next form
 *	end
 *	after			what all forms but the newest need behind them
 *	end
 *
 * In code and after, @p@ and @P@ are the driver's prefix.  A line behind "if NAME" is for drivers
 * that use NAME, and what stands behind "below REL" is for ranges that begin before REL.
 */
#ifndef MIGRATE_VMA_FORMS_H
#define MIGRATE_VMA_FORMS_H

#include <stdbool.h>
#include <stddef.h>

/**
 * enum form_use_kind - what a use looks like
 * @FORM_CALL: "call NAME": NAME(...) becomes prefix_NAME(...)
 * @FORM_TAG: "tag NAME": struct NAME becomes struct prefix_NAME
 * @FORM_NAME: "name NAME": NAME becomes PREFIX_NAME
 * @FORM_CALLBACK: "callback NAME": the member NAME, and the parameter of its function
 * @FORM_MEMBER: "member STRUCT NAME HELPER": the member NAME of a struct STRUCT becomes prefix_HELPER
 * @FORM_ARGUMENT: "argument NAME HELPER": NAME(&x.member), with a member that is a use
 * @FORM_SET: "set STRUCT NAME HELPER": x.NAME = value; becomes prefix_HELPER(&x, value);
 * @FORM_READ: "read STRUCT NAME HELPER": x->NAME becomes prefix_HELPER(x)
 */
enum form_use_kind {
	FORM_CALL, FORM_TAG, FORM_NAME, FORM_CALLBACK, FORM_MEMBER, FORM_ARGUMENT, FORM_SET,
	FORM_READ,
};

/**
 * struct form_use - one kind of use
 * @kind: what it looks like
 * @of: the tag of the struct, or NULL
 * @name: the name
 * @helper: the helper's name without the prefix, or NULL
 */
struct form_use {
	enum form_use_kind kind;
	const char *of;
	const char *name;
	const char *helper;
};

/**
 * struct form_text - some lines of the table
 * @at: the first byte; NULL when there is none
 * @size: bytes
 */
struct form_text {
	const char *at;
	size_t size;
};

/**
 * struct form - one form of an API
 * @name: what its macro is called
 * @since: the first release that has it, as RELEASE()
 * @until: the first release that has it no more; INT_MAX if there is none
 * @backport: no release has it
 * @says: what it is
 * @probe: compiles where a kernel has it
 * @code: the helper; none where it is that of the next form
 */
struct form {
	const char *name;
	int since;
	int until;
	bool backport;
	const char *says;
	struct form_text probe;
	struct form_text code;
};

/**
 * struct form_include - a header that is needed
 * @header: without the brackets
 * @below: only for ranges that begin before this release; INT_MAX for all
 */
struct form_include {
	const char *header;
	int below;
};

#define FORM_USES 8
#define FORM_INCLUDES 8
#define FORM_FORMS 8

/** struct form_api - an API: see the top of this file */
struct form_api {
	const char *name;
	struct form_use uses[FORM_USES];
	size_t use_count;
	struct form_include includes[FORM_INCLUDES];
	size_t include_count;
	struct form forms[FORM_FORMS];
	size_t form_count;
	struct form_text after;
};

/** form_api_at() - the API with this index, or NULL behind the last. */
const struct form_api *form_api_at(size_t index);

/** form_release() - the release that a text begins with, as RELEASE(); 0 for none. */
int form_release(const char *text);

/** form_applies() - whether some kernel of a range has a form. */
bool form_applies(const struct form *form, int from, int to);

/** form_api_differs() - whether the kernels of a range have another form than the newest. */
bool form_api_differs(const struct form_api *api, int from);

#endif
