// SPDX-License-Identifier: GPL-2.0-only
/* hmm_range_fault() returned the number of pages up to 5.7; 0 is success since. */
/* target: 7.2 */
/* compiled: no */
#include <linux/hmm.h>

#include "../drv.h"

long count_taken_for_success(struct hmm_range *range)
{
	long ret = hmm_range_fault(range);

	if (ret <= 0) /* wrong: old-result */
		return ret ? ret : -EBUSY;
	return 0;
}

int nothing_is_an_error(struct hmm_range *range)
{
	int ret;

	ret = hmm_range_fault(range);
	if (ret == 0) /* wrong: old-result */
		return -EFAULT;
	return ret;
}
