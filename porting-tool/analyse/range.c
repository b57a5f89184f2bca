// SPDX-License-Identifier: GPL-2.0-only
#include "range.h"

#include <limits.h>

const struct range anything = { LLONG_MIN, LLONG_MAX };

struct range exactly(long long value)
{
	return (struct range){ value, value };
}

struct range of_truth(enum truth truth)
{
	return truth == TRUTH_UNKNOWN ? (struct range){ 0, 1 } : exactly(truth == TRUTH_YES);
}

enum truth truth_of(struct range range)
{
	if (range.low == 0 && range.high == 0)
		return TRUTH_NO;
	return range.low > 0 || range.high < 0 ? TRUTH_YES : TRUTH_UNKNOWN;
}

bool is_one_number(struct range range)
{
	return range.low == range.high;
}

enum truth negated(enum truth truth)
{
	return truth == TRUTH_UNKNOWN ? truth : truth == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

const struct operator_text operators[OPERATOR_COUNT] = {
	{ "||", 1 }, { "&&", 2 }, { "|", 3 },  { "^", 4 },  { "&", 5 },	 { "==", 6 },
	{ "!=", 6 }, { "<=", 7 }, { ">=", 7 }, { "<", 7 },  { ">", 7 },	 { "<<", 8 },
	{ ">>", 8 }, { "+", 9 },  { "-", 9 },  { "*", 10 }, { "/", 10 }, { "%", 10 },
};

static enum truth less(struct range left, struct range right)
{
	if (left.high < right.low)
		return TRUTH_YES;
	return left.low >= right.high ? TRUTH_NO : TRUTH_UNKNOWN;
}

enum truth equal(struct range left, struct range right)
{
	if (left.high < right.low || right.high < left.low)
		return TRUTH_NO;
	return is_one_number(left) && is_one_number(right) ? TRUTH_YES : TRUTH_UNKNOWN;
}

/* Of two numbers; false where C does not say what comes out. */
static bool calculate(enum operator operator, long long left, long long right, long long *result)
{
	switch (operator) {
	case OPERATOR_BIT_OR:
		*result = left | right;
		return true;
	case OPERATOR_BIT_XOR:
		*result = left ^ right;
		return true;
	case OPERATOR_BIT_AND:
		*result = left & right;
		return true;
	case OPERATOR_LEFT:
		*result = (long long)((unsigned long long)left << (right & 63));
		return left >= 0 && right >= 0 && right < 63;
	case OPERATOR_RIGHT:
		*result = left >> (right & 63);
		return left >= 0 && right >= 0 && right < 63;
	case OPERATOR_PLUS:
		return !__builtin_add_overflow(left, right, result);
	case OPERATOR_MINUS:
		return !__builtin_sub_overflow(left, right, result);
	case OPERATOR_TIMES:
		return !__builtin_mul_overflow(left, right, result);
	case OPERATOR_DIVIDED:
	case OPERATOR_MODULO:
		if (!right || (left == LLONG_MIN && right == -1))
			return false;
		*result = operator == OPERATOR_DIVIDED ? left / right : left % right;
		return true;
	default:
		return false;
	}
}

struct range combine(enum operator operator, struct range left, struct range right)
{
	enum truth one = truth_of(left), other = truth_of(right);
	struct range result;

	switch (operator) {
	case OPERATOR_OR:
		if (one == TRUTH_YES || other == TRUTH_YES)
			return exactly(1);
		return one == TRUTH_NO ? of_truth(other) : of_truth(TRUTH_UNKNOWN);
	case OPERATOR_AND:
		if (one == TRUTH_NO || other == TRUTH_NO)
			return exactly(0);
		return one == TRUTH_YES ? of_truth(other) : of_truth(TRUTH_UNKNOWN);
	case OPERATOR_EQUAL:
		return of_truth(equal(left, right));
	case OPERATOR_UNEQUAL:
		return of_truth(negated(equal(left, right)));
	case OPERATOR_LESS:
		return of_truth(less(left, right));
	case OPERATOR_GREATER:
		return of_truth(less(right, left));
	case OPERATOR_LESS_EQUAL:
		return of_truth(negated(less(right, left)));
	case OPERATOR_GREATER_EQUAL:
		return of_truth(negated(less(left, right)));
	case OPERATOR_RIGHT:
	case OPERATOR_PLUS:
	case OPERATOR_MINUS:
		/* These keep the order of what is on their left. */
		if (is_one_number(right) &&
		    calculate(operator, left.low, right.low, &result.low) &&
		    calculate(operator, left.high, right.low, &result.high))
			return result;
		return anything;
	default:
		if (is_one_number(left) && is_one_number(right) &&
		    calculate(operator, left.low, right.low, &result.low))
			return exactly(result.low);
		return anything;
	}
}
