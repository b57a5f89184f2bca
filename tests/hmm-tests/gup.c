// SPDX-License-Identifier: GPL-2.0-only
/* gup.c - gup_test, for the requests of hmm-tests.c; with the header of the kernel that has one */
#include <errno.h>
#include <linux/types.h>
#include <sys/ioctl.h>

#include "gup.h"

#if __has_include("mm/gup_test.h")
#include "mm/gup_test.h"

/* The other one that the test passes on is FOLL_LONGTERM, whose number changes. */
#define FOLL_WRITE	0x01

long gup_test(struct program *p, unsigned int request, const void *argument)
{
	const struct gup_test *gup = argument;
	int longterm, ret = 0;

	switch (request) {
	case GUP_BASIC_TEST:
	case GUP_FAST_BENCHMARK:
		longterm = 0;
		break;
	case PIN_FAST_BENCHMARK:
		longterm = !!(gup->gup_flags & ~FOLL_WRITE);
		break;
	case PIN_LONGTERM_BENCHMARK:
		longterm = 1;
		break;
	default:
		return -EINVAL;
	}
	for (unsigned long addr = gup->addr; addr < gup->addr + gup->size && !ret;
	     addr += PROGRAM_PAGE_SIZE) {
		ret = longterm ? program_pin_longterm(p, addr) : program_pin(p, addr);
		if (!ret)
			program_unpin(p, addr);
	}
	return ret;
}
#else
long gup_test(struct program *p, unsigned int request, const void *argument)
{
	(void)p;
	(void)request;
	(void)argument;
	return -EINVAL;
}
#endif
