/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Possible values: zero, positive, negative, or any of these.
 */
#ifndef MIGRATE_VMA_VALUE_H
#define MIGRATE_VMA_VALUE_H

#include "explore.h"

/** constant_value() - values of what needs no state: 0, NULL, -EINVAL; VALUE_ANY for the rest. */
uint8_t constant_value(const struct expression *expression);

/** known_value() - values of a variable, a member or a condition that the frame follows. */
uint8_t known_value(const struct frame *frame, const struct state *state,
		    const struct expression *expression);

/** is_named_constant() - whether an expression is a name in capitals, as enumerators and macros have. */
bool is_named_constant(const struct expression *expression);

/**
 * equality_text() - the fact that "a == b" and "a != b" are about
 * @expression: either of them
 * @text: the fact's text is written here: "a==b", a named constant at the right
 * @size: bytes in @text
 *
 * Return: false for another expression, or one whose text does not fit.
 */
bool equality_text(const struct expression *expression, char *text, size_t size);

/** learn_constant() - @target has got the value of a named constant. */
void learn_constant(const struct frame *frame, struct state *state, const char *target,
		    const struct expression *constant);

/** learn_value() - a condition has told what a variable, a member or itself may be. */
void learn_value(const struct frame *frame, struct state *state,
		 const struct expression *expression, uint8_t value);

/**
 * learn_members() - the members of a struct get their values all at once
 * @frame: the function
 * @state: the state that is updated
 * @name: the struct
 * @braces: the initialiser; NULL when all of it is zero now
 */
void learn_members(const struct frame *frame, struct state *state, const char *name,
		   const struct expression *braces);

/** compound_value() - values of "left operator right"; the operator may be one like |= too. */
uint8_t compound_value(const char *operator, uint8_t left, uint8_t right);

/** negated_value() - values of what @value is the negative of. */
uint8_t negated_value(uint8_t value);

#endif
