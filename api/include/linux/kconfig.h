/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kconfig.h - the configuration the modelled kernel was built with
 *
 * Included before anything else in every file of a driver, as kbuild does.
 */
#ifndef _LINUX_KCONFIG_H
#define _LINUX_KCONFIG_H

#include <linux/version.h>
#include <linux/release.h>

#define CONFIG_64BIT			1
#define CONFIG_MMU			1
#define CONFIG_MIGRATION		1
#define CONFIG_ZONE_DEVICE		1
#define CONFIG_DEVICE_PRIVATE		1
#define CONFIG_MMU_NOTIFIER		1
#define CONFIG_MODULES			1
#define CONFIG_X86_64			1
#if RELEASE_CALLBACKS
#define CONFIG_MIGRATE_VMA_HELPER	1
#else
#define CONFIG_HMM_MIRROR		1
#endif
#if RELEASE_DEVICE_COHERENT
#define CONFIG_DEVICE_MIGRATION		1
#endif

/*
 * IS_ENABLED(CONFIG_X) is 1 when CONFIG_X is defined as 1, else 0. The option expands to 1, which
 * makes a macro that supplies one argument more; an option that is not set makes none.
 */
#define __CONFIG_VALUE_1			0,
#define __config_second(first, second, ...)	second
#define __config_test(word)			__config_second(word 1, 0, 0)
#define __config_paste(value)			__config_test(__CONFIG_VALUE_##value)
#define __config_expand(option)			__config_paste(option)

#define IS_BUILTIN(option)	__config_expand(option)
#define IS_MODULE(option)	__config_expand(option##_MODULE)
#define IS_ENABLED(option)	(IS_BUILTIN(option) || IS_MODULE(option))
#define IS_REACHABLE(option)	IS_ENABLED(option)

#endif
