/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the tool knows about a driver: its ops objects, the callbacks they name and the calls of
 * migrate_vma() that use them.
 */
#ifndef MIGRATE_VMA_DRIVER_H
#define MIGRATE_VMA_DRIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "macros.h"
#include "analyse/program.h"
#include "diagnostic.h"
#include "edit/style.h"
#include "memory.h"
#include "port.h"
#include "syntax/expression.h"
#include "kernel/release.h"

/** enum parameter_role - the parameters of a callback, in the order the callback API fixed */
enum parameter_role {
	PARAMETER_VMA,
	PARAMETER_SRC,
	PARAMETER_DST,
	PARAMETER_START,
	PARAMETER_END,
	PARAMETER_PRIVATE,
	PARAMETER_COUNT,
};

/** enum argument_role - the arguments of migrate_vma(), in their order */
enum argument_role {
	ARGUMENT_OPS,
	ARGUMENT_VMA,
	ARGUMENT_START,
	ARGUMENT_END,
	ARGUMENT_SRC,
	ARGUMENT_DST,
	ARGUMENT_PRIVATE,
	ARGUMENT_COUNT,
};

/**
 * enum private_form - what becomes of the callback's void pointer
 * @PRIVATE_UNUSED: the callback does not look at it: the parameter goes
 * @PRIVATE_RENAMED: its only use is "struct T *t = private;": the parameter becomes struct T *t
 * @PRIVATE_TYPED: all casts and copies agree on a type: the parameter gets it
 * @PRIVATE_VOID: it stays void *private
 */
enum private_form { PRIVATE_UNUSED, PRIVATE_RENAMED, PRIVATE_TYPED, PRIVATE_VOID };

/**
 * struct callback - a function that an ops object names
 * @name: its name
 * @unit: where it is defined; NULL when it is in none of the files
 * @function: its definition
 * @parameters: PARAMETER_COUNT of them
 * @used: which parameters the body uses
 * @form: what becomes of the last one
 * @private_type: the type for it, as "struct T *"; for PRIVATE_RENAMED and PRIVATE_TYPED
 * @private_name: the name it gets
 * @private_declaration: for PRIVATE_RENAMED the declaration that goes
 * @keeps_signature: something else calls it or declares it out of reach, so it stays as it is
 * @shared: an ops object of another file names it, so that it is called there
 * @empty: the body does nothing
 * @comment: for an empty one the comments above and in it, which may say why
 * @writes_error: it stores MIGRATE_PFN_ERROR and gets a parameter to say so
 */
struct callback {
	const char *name;
	struct unit *unit;
	struct node *function;
	struct declarator *parameters;
	bool used[PARAMETER_COUNT];
	enum private_form form;
	const char *private_type;
	const char *private_name;
	struct node *private_declaration;
	bool keeps_signature;
	bool shared;
	bool empty;
	const char *comment;
	bool writes_error;
};

/**
 * enum ops_place - where an ops object stands
 * @OPS_VARIABLE: it is a variable of its own
 * @OPS_ELEMENT: it is an element of an array
 * @OPS_MEMBER: it is a member of another struct
 * @OPS_LITERAL: it is written as "&(struct migrate_vma_ops){ ... }" where it is used
 */
enum ops_place { OPS_VARIABLE, OPS_ELEMENT, OPS_MEMBER, OPS_LITERAL };

/**
 * struct ops_object - a struct migrate_vma_ops with its callbacks
 * @name: its name
 * @unit: where it is defined
 * @declaration: its definition
 * @place: where it stands; @name is empty unless that is OPS_VARIABLE
 * @holder: for OPS_ELEMENT the name of the array, for OPS_MEMBER that of the member
 * @macro: the macro that writes it, or NULL
 * @part: for all but OPS_VARIABLE what a function's name takes the place of
 * @label: for an element the designator or the index, for the name of its function
 * @callbacks: alloc_and_copy and finalize_and_map; NULL for one that is not set
 * @assignments: the statements that set them, when the initialiser does not
 * @obstacle: a token that sets one in a way that cannot be followed, or 0
 * @site_count: calls that use it
 * @indirect: it is used other than as "&name" in a call: a function takes its place
 * @helper: name of the function that takes its place, or NULL when its only call has the steps
 * @helper_void: that function takes void *private, since calls go through a pointer to it
 * @shared: another file uses it, so the function is not static
 * @failed: one of its callbacks reports MIGRATE_PFN_ERROR in a variable
 * @tests_range: its function has to refuse a range that ends before it starts
 * @owner: text of the owner that its function sets, where calls through a pointer cannot; or NULL
 */
struct ops_object {
	const char *name;
	struct unit *unit;
	struct node *declaration;
	enum ops_place place;
	const char *holder;
	const struct declaration *macro;
	struct span part;
	const char *label;
	struct callback *callbacks[2];
	struct node *assignments[2];
	uint32_t obstacle;
	size_t site_count;
	bool indirect;
	const char *helper;
	bool helper_void;
	bool shared;
	bool failed;
	bool tests_range;
	const char *owner;
};

enum { ALLOC_AND_COPY, FINALIZE_AND_MAP };

/**
 * enum direction - where a call moves pages; a set of bits
 * @DIRECTION_TO_DEVICE: system memory is collected
 * @DIRECTION_TO_RAM: device memory is collected
 */
enum direction { DIRECTION_UNKNOWN = 0, DIRECTION_TO_DEVICE = 1, DIRECTION_TO_RAM = 2 };

/**
 * struct site - a call of migrate_vma()
 * @unit: where
 * @call: the call; @call.count is ARGUMENT_COUNT
 * @statement: the statement it is in
 * @function: the function it is in
 * @ops: the object it names, or NULL when the pointer is only known at run time
 * @direction: where it moves pages
 * @owner: text of the owner, or NULL
 * @fault_page: text of the page that faulted, or NULL
 * @variable: name of its struct migrate_vma
 * @failed: name of its error variable, or NULL
 * @resets_failed: the variable has to be cleared before the call
 * @blocked: a diagnostic has been given that explains why it cannot be ported
 */
struct site {
	struct unit *unit;
	struct call call;
	struct node *statement;
	struct node *function;
	struct ops_object *ops;
	enum direction direction;
	const char *owner;
	const char *fault_page;
	const char *variable;
	const char *failed;
	bool resets_failed;
	bool blocked;
};

/**
 * struct wanted_tag - a struct that has to be declared
 * @unit: where
 * @keyword: "struct" or "union"
 * @tag: its name
 * @place: above the declaration that begins with this token
 */
struct wanted_tag {
	struct unit *unit;
	const char *keyword;
	const char *tag;
	uint32_t place;
};

/**
 * struct driver - files that are ported together
 * @arena: where everything about them lives
 * @program: the files
 * @target: release to port to
 * @setup: how libclang is to read the files, or NULL
 * @macros: the macros of the files and of their headers; see macros.h
 * @diagnostics: what there is to say
 * @ops_types: the name migrate_vma_ops, and those that typedefs give the struct
 * @ops_type_count: how many
 * @ops: the ops objects
 * @ops_count: how many
 * @callbacks: the callbacks
 * @callback_count: how many
 * @sites: the calls
 * @site_count: how many
 * @owners: what is known of the owners of its device memory: see owner.h
 * @selections: first steps of a driver in three steps that are to say what they collect
 * @faults: what is known of its fault handlers: see fault_page.h
 * @devmem: what is known of its use of the hmm_devmem API: see devmem.h
 * @braced: statements that get braces of their own
 * @braced_units: the file of each
 * @braced_count: how many
 * @tags: structs that prototypes name before the file does
 * @tag_count: how many
 * @blocked: something stops the port of the whole driver
 */
struct driver {
	struct arena *arena;
	struct program program;
	const struct release *target;
	const struct clang_setup *setup;
	struct macros macros;
	struct diagnostics *diagnostics;
	struct symbol **ops_types;
	size_t ops_type_count;
	struct ops_object **ops;
	size_t ops_count;
	struct callback **callbacks;
	size_t callback_count;
	struct site **sites;
	size_t site_count;
	struct owners *owners;
	struct selection *selections;
	struct faults *faults;
	struct devmem *devmem;
	const struct node **braced;
	struct unit **braced_units;
	size_t braced_count;
	struct wanted_tag *tags;
	size_t tag_count;
	bool blocked;
};

/** driver_block() - say why an old use is left, at a token of a unit; the driver is not ported. */
void driver_block(struct driver *driver, struct unit *unit, uint32_t token, const char *rule,
		  const char *format, ...) __attribute__((format(printf, 5, 6)));

/** driver_warn() - say what a person has to look at, at a token; the port goes on. */
void driver_warn(struct driver *driver, struct unit *unit, uint32_t token, const char *rule,
		 const char *format, ...) __attribute__((format(printf, 5, 6)));

/** understand_ops() - find the ops objects and the callbacks they name. */
void understand_ops(struct driver *driver);

/** ops_assigns() - whether a statement is one that sets a callback of an ops object. */
bool ops_assigns(const struct ops_object *ops, const struct node *node);

/** ops_add() - a new ops object. */
struct ops_object *ops_add(struct driver *driver, struct unit *unit, struct node *declaration);

/**
 * ops_add_part() - a new ops object that is a part of something else
 * @driver: the driver
 * @unit: the file
 * @declaration: the statement it is in
 * @place: where it stands in that
 * @holder: see &struct ops_object
 * @part: the part
 */
struct ops_object *ops_add_part(struct driver *driver, struct unit *unit, struct node *declaration,
				enum ops_place place, const char *holder,
				const struct expression *part);

/** ops_member_index() - ALLOC_AND_COPY or FINALIZE_AND_MAP for the name of a member, or 2. */
size_t ops_member_index(const char *name);

/**
 * ops_take_braces() - read the callbacks that "{ ... }" names
 * @driver: the driver
 * @ops: the object
 * @braces: its value
 * @macro: the use of the macro that has written it, for messages, or 0
 */
void ops_take_braces(struct driver *driver, struct ops_object *ops,
		     const struct expression *braces, uint32_t macro);

/**
 * understand_embedded() - ops objects that are a member of another struct
 * @driver: the driver
 * @unit: the file
 * @at: the type in the member's declaration
 *
 * Return: whether it is such a member and each of its initialisers could be read; otherwise it is
 * left to others to say why not.
 */
bool understand_embedded(struct driver *driver, struct unit *unit, uint32_t at);

/** ops_macro() - the name of a macro with parameters that names struct migrate_vma_ops, or NULL. */
const char *ops_macro(const struct driver *driver);

/** understand_ops_macros() - find the ops objects that macros write. */
void understand_ops_macros(struct driver *driver);

/** ops_literal_at() - the ops object without a name that a token is part of, or NULL. */
struct ops_object *ops_literal_at(const struct driver *driver, const struct unit *unit,
				  uint32_t at);

/** understand_ops_types() - find the names that typedefs give struct migrate_vma_ops. */
void understand_ops_types(struct driver *driver);

/**
 * ops_type_at() - whether a token is the last of a name of struct migrate_vma_ops
 * @driver: the driver
 * @unit: the file
 * @at: the token
 * @first: set to the first token of the name: "struct", or @at where a typedef names it
 */
bool ops_type_at(const struct driver *driver, const struct unit *unit, uint32_t at,
		 uint32_t *first);

/** ops_typedef() - whether a declaration is a typedef that names struct migrate_vma_ops. */
bool ops_typedef(const struct driver *driver, const struct unit *unit, const struct node *node);

/** understand_sites() - find the calls and what ops object each uses. */
void understand_sites(struct driver *driver);

/** callback_body() - the tokens between the braces of a callback. */
struct span callback_body(const struct callback *callback);

/** callback_parameter() - the name of a parameter of a callback, "" for one without. */
const char *callback_parameter(const struct callback *callback, size_t role);

/** understand_kept() - find out whether a callback has to keep its parameters. */
void understand_kept(struct driver *driver, struct callback *callback);

/** understand_callbacks() - find out what each callback needs. */
void understand_callbacks(struct driver *driver);

/** understand_indirect() - find the ops objects that a function pointer has to stand for. */
void understand_indirect(struct driver *driver);

/** understand_directions() - find out where each call moves pages, and who owns them. */
void understand_directions(struct driver *driver);

/** is_neighbour() - whether a token names another API that a later release took away. */
bool is_neighbour(const struct program *program, const struct unit *unit, uint32_t token);

/**
 * driver_ops() - the ops object that a name means at a place
 * @driver: the driver
 * @unit: the file of the place
 * @token: the place
 * @name: the name
 *
 * Return: one of the function around the place, else of the file, else of another file; or NULL.
 */
struct ops_object *driver_ops(const struct driver *driver, const struct unit *unit, uint32_t token,
			      const char *name);

/** ops_is_static() - whether only its file, and one that includes that, can name an ops object. */
bool ops_is_static(const struct ops_object *ops);

/**
 * driver_ops_in() - an ops object that is an element of an array, or a member of another struct
 * @driver: the driver
 * @place: OPS_ELEMENT or OPS_MEMBER
 * @name: of the array or the member; may be NULL
 *
 * Return: one of those that are in it, or NULL.
 */
struct ops_object *driver_ops_in(const struct driver *driver, enum ops_place place,
				 const char *name);

/**
 * ops_pointed_to() - the ops object whose address an expression is
 * @driver: the driver
 * @unit: the file
 * @at: the place, for names
 * @pointer: the expression
 *
 * Return: the object in "&name", also with a cast, or the one that is written there; or NULL.
 */
struct ops_object *ops_pointed_to(const struct driver *driver, const struct unit *unit,
				  uint32_t at, const struct expression *pointer);

/** ops_part_addressed() - X in "&X" where X is an element or a member that holds ops, or NULL. */
const struct expression *ops_part_addressed(const struct driver *driver,
					    const struct expression *pointer);

/**
 * driver_declares_ops() - the ops object that a declaration without an initialiser is for
 * @driver: the driver
 * @unit: the file
 * @node: a declaration at file scope
 *
 * Return: the object, which is defined elsewhere, or NULL when this is something else.
 */
struct ops_object *driver_declares_ops(const struct driver *driver, const struct unit *unit,
				const struct node *node);

/** driver_defines_ops() - whether a declaration defines an ops object, so that it goes. */
bool driver_defines_ops(const struct driver *driver, const struct node *declaration);

/** driver_declares_function() - whether one of the driver's files has a prototype of a function. */
bool driver_declares_function(const struct driver *driver, const char *name);

/** driver_stem() - the words that a file's functions begin with, or else the file's own name. */
char *driver_stem(const struct driver *driver, const struct unit *unit);

/** driver_name_taken() - whether a name stands anywhere in the driver's files. */
bool driver_name_taken(const struct driver *driver, const char *name);

/**
 * name_unread() - how often a name stands in arms of #if that are not read
 * @unit: the file
 * @span: the tokens around and between which to look; the last may be the one before the first
 * @name: the name; one after "." or "->" is a member and does not count.  NULL for any
 *
 * Return: how often.
 */
size_t name_unread(const struct unit *unit, struct span span, const char *name);

/**
 * name_used() - whether a name is used among some tokens
 * @driver: the driver
 * @unit: the file
 * @span: the tokens
 * @name: the name; one after "." or "->" is a member and does not count
 *
 * A use within a macro of the driver counts as well.
 *
 * Return: how often.
 */
size_t name_used(struct driver *driver, const struct unit *unit, struct span span,
		 const char *name);

/** token_unread() - whether a token of &syntax.all is in an arm of #if that stays and is not read. */
bool token_unread(const struct unit *unit, size_t token);

/** macro_find() - replacement text of an object-like macro of a file, or NULL. */
const char *macro_find(const struct unit *unit, const char *name);

#endif
