/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Numbers that are known only as far as a range goes, and what the operators of C make of them.
 */
#ifndef MIGRATE_VMA_RANGE_H
#define MIGRATE_VMA_RANGE_H

#include "source/conditional.h"

/**
 * struct range - every number from one to another
 * @low: the smallest
 * @high: the largest
 */
struct range {
	long long low;
	long long high;
};

/** anything - the range of a number that nothing is known of. */
extern const struct range anything;

/** enum operator - the operators with two operands */
enum operator {
	OPERATOR_OR, OPERATOR_AND, OPERATOR_BIT_OR, OPERATOR_BIT_XOR, OPERATOR_BIT_AND,
	OPERATOR_EQUAL, OPERATOR_UNEQUAL, OPERATOR_LESS_EQUAL, OPERATOR_GREATER_EQUAL,
	OPERATOR_LESS, OPERATOR_GREATER, OPERATOR_LEFT, OPERATOR_RIGHT, OPERATOR_PLUS,
	OPERATOR_MINUS, OPERATOR_TIMES, OPERATOR_DIVIDED, OPERATOR_MODULO, OPERATOR_COUNT,
};

/**
 * struct operator_text - how an operator is written
 * @spelling: the operator
 * @level: how tight it binds
 */
struct operator_text {
	const char *spelling;
	int level;
};

extern const struct operator_text operators[OPERATOR_COUNT];

/** exactly() - the range of one number. */
struct range exactly(long long value);

/** of_truth() - 1, 0, or either of them. */
struct range of_truth(enum truth truth);

/** truth_of() - whether a number is not 0. */
enum truth truth_of(struct range range);

/** is_one_number() - whether a range has one number only. */
bool is_one_number(struct range range);

/** negated() - what is true when @truth is not. */
enum truth negated(enum truth truth);

/** equal() - whether two numbers are the same. */
enum truth equal(struct range left, struct range right);

/** combine() - what an operator makes of two numbers. */
struct range combine(enum operator operator, struct range left, struct range right);

#endif
