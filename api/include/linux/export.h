/* SPDX-License-Identifier: GPL-2.0-only */
/* export.h - every symbol of the executable is visible to every other, so an export is nothing */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

#define EXPORT_SYMBOL(symbol)		extern __typeof__(symbol) symbol
#define EXPORT_SYMBOL_GPL(symbol)	extern __typeof__(symbol) symbol

struct module;
extern struct module driver_module;
#define THIS_MODULE			(&driver_module)

#endif
