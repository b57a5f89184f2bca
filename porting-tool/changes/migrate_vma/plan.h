/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From what is known about a driver to the changes that port it.
 */
#ifndef MIGRATE_VMA_PLAN_H
#define MIGRATE_VMA_PLAN_H

#include "driver.h"

/**
 * struct member - a member of the struct migrate_vma of a call
 * @name: its name
 * @value: text of the value, on one line
 * @comment: a comment that stood beside the argument, or NULL
 * @assigned: set right before the call, because it may not have its value yet where the struct is
 *	declared
 */
struct member {
	const char *name;
	const char *value;
	const char *comment;
	bool assigned;
};

/* vma, start, end, src, dst, owner, flags, fault_page */
#define MEMBERS_MAX 8

/** enum site_form - what a call turns into */
enum site_form {
	/** @FORM_STEPS: the three steps stand where the call stood */
	FORM_STEPS,
	/** @FORM_HELPER: a function that does the three steps is called in its place */
	FORM_HELPER,
	/** @FORM_LITERAL: as FORM_HELPER, with the struct written into the call */
	FORM_LITERAL,
};

/** enum site_shape - how the value of a call is used */
enum site_shape {
	/** @SHAPE_PLAIN: a statement of its own, value ignored */
	SHAPE_PLAIN,
	/** @SHAPE_ASSIGNED: "ret = migrate_vma(...);" */
	SHAPE_ASSIGNED,
	/** @SHAPE_DECLARED: "int ret = migrate_vma(...);" */
	SHAPE_DECLARED,
	/** @SHAPE_TESTED: "if (migrate_vma(...)) return x;" */
	SHAPE_TESTED,
	/** @SHAPE_OTHER: anything else */
	SHAPE_OTHER,
};

/**
 * struct layout - how a call is going to be written
 * @form: what it turns into
 * @shape: how its value is used
 * @result: the variable that gets its value, or NULL
 * @check: the statement after it that leaves on an error, or NULL
 * @block: the block that declares the struct
 * @before: the statement of @block before which the struct has to be ready
 * @braces: the statement needs braces of its own
 * @surely: the call is made whenever its statement runs, and before all else that this does
 * @tests_range: a range that ends before it starts has to be refused in front of setup
 * @tests_ops: so has a pointer to an ops object that is NULL
 * @sharing: the call whose struct it uses, or NULL for one of its own
 * @members: the members to set
 * @member_count: how many
 */
struct layout {
	enum site_form form;
	enum site_shape shape;
	const char *result;
	struct node *check;
	struct node *block;
	struct node *before;
	bool braces;
	bool surely;
	bool tests_range;
	bool tests_ops;
	const struct site *sharing;
	struct member members[MEMBERS_MAX];
	size_t member_count;
};

/** POINTER_PARAMETERS - of the functions that stand for ops objects which are named by pointers */
#define POINTER_PARAMETERS "(struct migrate_vma *args, void *private)"

/** site_layout() - decide how a call is written; reads the driver, changes nothing. */
void site_layout(const struct driver *driver, const struct site *site, struct layout *layout);

/** site_members() - the members a call's struct needs, and which can stand in its initialiser. */
void site_members(const struct driver *driver, const struct site *site, struct layout *layout);

/**
 * range_needs_mask() - whether the start of a call's range has to be masked
 *
 * migrate_vma() masked both ends of the range before it counted pages; migrate_vma_setup() counts
 * first.  They differ when the start is not aligned to a page and the length is no multiple of one:
 * from 0x1800 to 0x2400 the first moves a page and the second returns -EINVAL.  A start that is
 * masked by the caller makes them the same.
 */
bool range_needs_mask(const struct driver *driver, const struct site *site);

/** plan_refusals() - keep -EINVAL for the ranges and pointers that migrate_vma() refused. */
void plan_refusals(struct driver *driver, struct layout *layouts);

/** range_is() - the text that compares both ends of a call's range. */
const char *range_is(const struct driver *driver, const struct site *site, const char *operator);

/** returns_error() - whether the function returns what the call gave, so that a test can as well. */
bool returns_error(const struct site *site, const struct layout *layout);

/**
 * guarded_name() - what is called, after a test that gives -EINVAL
 * @driver: the driver
 * @site: the call
 * @good: text of the condition under which the function is called
 * @bad: text of the opposite
 * @name: the function
 * @tail: set to what goes after the call
 */
const char *guarded_name(const struct driver *driver, const struct site *site, const char *good,
			 const char *bad, const char *name, const char **tail);

/** argument_comment() - the comments beside an argument of a call, which go with it, or NULL. */
const char *argument_comment(const struct site *site, size_t index);

/** argument_alone() - whether the next argument begins on another line. */
bool argument_alone(const struct site *site, size_t index);

/** share_structs() - let the calls of a function that pass the same use one struct. */
void share_structs(const struct driver *driver, struct layout *layouts);

/** plan_names() - choose names for variables and helper functions. */
void plan_names(struct driver *driver, struct layout *layouts);

/** plan_sites() - write the calls. */
void plan_sites(struct driver *driver, struct layout *layouts);

/**
 * braces_open() - begin a block in front of a statement that stands without braces
 * @driver: the driver
 * @unit: its file
 * @node: the statement, the body of an if, else or loop
 * @text: whole lines that go in front of it in the block, or ""
 *
 * Return: the indentation inside the block.
 */
const char *braces_open(struct driver *driver, struct unit *unit, const struct node *node,
			const char *text);

/** braces_close() - end that block after @last, which is @node or follows from it. */
void braces_close(const struct driver *driver, struct unit *unit, const struct node *node,
		  const struct node *last);

/** plan_other_arms() - when one arm of an if gets braces, the others do as well. */
void plan_other_arms(struct driver *driver);

/** plan_callbacks() - give the callbacks their new parameters. */
void plan_callbacks(struct driver *driver);

/**
 * plan_kernel_doc() - let the kernel-doc comment of a callback follow its parameters
 * @driver: the driver
 * @callback: the callback
 * @unit: the file
 * @list: the parameters as they were, of the definition or of a prototype
 * @first: the first token below the comment
 */
void plan_kernel_doc(const struct driver *driver, const struct callback *callback,
		     struct unit *unit, const struct call *list, uint32_t first);

/**
 * move_kernel_doc() - bring a kernel-doc comment above a prototype that goes to the definition
 * @driver: the driver
 * @callback: the callback; where a comment stands above its definition already nothing is done
 * @unit: the file of the prototype
 * @list: the parameters of the prototype
 * @first: its first token
 */
void move_kernel_doc(const struct driver *driver, const struct callback *callback,
		     const struct unit *unit, const struct call *list, uint32_t first);

/** want_tag() - a prototype of a callback is going to begin at a token, where its type is needed. */
void want_tag(struct driver *driver, const struct callback *callback, struct unit *unit,
	      uint32_t place);

/** plan_tags() - declare the structs that want_tag() found to be declared too late. */
void plan_tags(struct driver *driver);

/** callback_head() - the head of a callback's definition, with its new parameters. */
char *callback_head(const struct driver *driver, const struct callback *callback);

/** helper_head() - the head of the function that takes the place of an ops object. */
char *helper_head(const struct driver *driver, const struct ops_object *ops);

/** plan_prototypes() - declare what is called above its definition. */
void plan_prototypes(struct driver *driver);

/** ops_last_callback() - the callback in the file of an ops object that is defined last, or NULL. */
const struct callback *ops_last_callback(const struct ops_object *ops);

/** plan_ops() - take the ops objects away, or put a function in their place. */
void plan_ops(struct driver *driver);

/** plan_indirect() - turn pointers to ops objects into pointers to functions. */
void plan_indirect(struct driver *driver);

/** plan_unread_arms() - pointers to ops objects in arms of #if that are not read. */
void plan_unread_arms(struct driver *driver);

/**
 * struct error_part - ops objects that have to treat MIGRATE_PFN_ERROR alike
 * @of: for each ops object the part it belongs to
 * @part: one of them
 *
 * Objects that share a callback or a function that names the flag are in one part.
 */
struct error_part {
	const size_t *of;
	size_t part;
};

/** error_parts() - divides the ops objects into parts; the result has a number for each. */
const size_t *error_parts(const struct driver *driver, const char *flag);

/** part_has_object() - whether an ops object, which may be NULL, is in a part. */
bool part_has_object(const struct driver *driver, const struct error_part *part,
		     const struct ops_object *ops);

/** part_has_token() - whether a token is in code of a part; one outside of all code is in all. */
bool part_has_token(const struct driver *driver, const struct error_part *part,
		    const struct unit *unit, uint32_t at);

/** dst_is_looked_at() - whether code can tell MIGRATE_PFN_ERROR in dst from an empty entry. */
bool dst_is_looked_at(const struct driver *driver, const struct error_part *part);

/** error_flag_at() - whether a token is MIGRATE_PFN_ERROR in code of a part. */
bool error_flag_at(const struct driver *driver, const struct error_part *part,
		   const struct unit *unit, uint32_t at);

/** error_tell_nothing() - the callbacks of a part do not tell of an error in a variable. */
void error_tell_nothing(const struct driver *driver, const struct error_part *part);

/** error_in_macros() - whether the flag stands in the text of a macro. */
bool error_in_macros(const struct driver *driver);

/**
 * error_bit_macros() - a bit of the driver's own takes the flag's place in the text of macros
 * @driver: the driver
 * @names: for each file the bit's name, once it is defined there
 */
void error_bit_macros(struct driver *driver, const char **names);

/** error_bit() - the same for the code of a part. */
void error_bit(struct driver *driver, const struct error_part *part, const char **names);

/** plan_error_flag() - decide what stands for MIGRATE_PFN_ERROR, and write it. */
void plan_error_flag(struct driver *driver);

/** pfn_flag_goes() - whether a flag is neither the target's nor a macro of the driver. */
bool pfn_flag_goes(const struct driver *driver, const struct unit *unit, const char *name);

/** plan_pfn_flags() - take away the flags the target does not have. */
void plan_pfn_flags(struct driver *driver);

/** plan_macro_flags() - the same for those in the text of a macro, a #define directive. */
void plan_macro_flags(struct driver *driver, struct unit *unit, const struct token *directive);

/** plan_own_struct() - give a struct migrate_vma that the driver defines another name. */
void plan_own_struct(struct driver *driver);

/**
 * include_kernel() - add #include <name> to a file
 * @driver: the driver
 * @unit: the file
 * @name: what stands between "<" and ">"
 *
 * Keeps the order of the names, as far as the file does.
 *
 * Return: false for a file that includes none of <linux/...>, where nothing is done.
 */
bool include_kernel(const struct driver *driver, const struct unit *unit,
		    const char *name);

/** plan_guards() - #if and Kconfig lines that name an option that is gone. */
void plan_guards(struct driver *driver);

/**
 * steps_text() - the calls between setup and the end, one a line
 * @driver: the driver
 * @unit: where they are written
 * @ops: whose callbacks
 * @args: "&args", or "args" when that is a pointer
 * @member: "args." or "args->"
 * @private: text for the void pointer
 * @failed: text for the error variable's address, or NULL
 * @indent: white space before each line
 *
 * Return: the lines, each with its line ending.
 */
char *steps_text(const struct driver *driver, const struct unit *unit, const struct ops_object *ops,
		 const char *args, const char *member, const char *private, const char *failed,
		 const char *indent);

/** callback_uses_private() - whether a callback, which may be NULL, gets the pointer. */
bool callback_uses_private(const struct callback *callback);

#endif
