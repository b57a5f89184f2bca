/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_CONST_H
#define _LINUX_CONST_H

#define _AC(number, suffix)	__AC(number, suffix)
#define __AC(number, suffix)	(number##suffix)
#define UL(number)		_AC(number, UL)
#define ULL(number)		_AC(number, ULL)
#define BIT(n)			(1UL << (n))
#define BIT_ULL(n)		(1ULL << (n))

#endif
