/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_FIND_H
#define _LINUX_FIND_H

#include <linux/bitops.h>

unsigned long find_next_bit(const unsigned long *map, unsigned long bits, unsigned long from);
unsigned long find_next_zero_bit(const unsigned long *map, unsigned long bits, unsigned long from);
#define find_first_bit(map, bits)	find_next_bit(map, bits, 0)
#define find_first_zero_bit(map, bits)	find_next_zero_bit(map, bits, 0)
#define for_each_set_bit(bit, map, bits) \
	for ((bit) = find_first_bit(map, bits); (bit) < (bits); \
	     (bit) = find_next_bit(map, bits, (bit) + 1))
#define for_each_clear_bit(bit, map, bits) \
	for ((bit) = find_first_zero_bit(map, bits); (bit) < (bits); \
	     (bit) = find_next_zero_bit(map, bits, (bit) + 1))

#endif
