// SPDX-License-Identifier: GPL-2.0-only
/* printk.c - messages, and the kernel's own forms of snprintf() and strtol() */
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "host/host.h"

int kernel_vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	return host_format(buf, size, fmt, args);
}

int kernel_scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int length;

	va_start(args, fmt);
	length = host_format(buf, size, fmt, args);
	va_end(args);
	if (!size)
		return 0;
	return min_t(size_t, length, size - 1);
}

/* The level is not shown: everything goes to one place. */
static const char *skip_level(const char *text)
{
	return text[0] == KERN_SOH[0] && text[1] ? text + 2 : text;
}

int vprintk(const char *fmt, va_list args)
{
	char text[1024];
	int length = host_format(text, sizeof(text), skip_level(fmt), args);

	host_message(text);
	return length;
}

int printk(const char *fmt, ...)
{
	va_list args;
	int length;

	va_start(args, fmt);
	length = vprintk(fmt, args);
	va_end(args);
	return length;
}

int _printk(const char *fmt, ...)
{
	va_list args;
	int length;

	va_start(args, fmt);
	length = vprintk(fmt, args);
	va_end(args);
	return length;
}

int dev_printk(const char *level, const struct device *dev, const char *fmt, ...)
{
	char text[1024];
	va_list args;

	va_start(args, fmt);
	host_format(text, sizeof(text), fmt, args);
	va_end(args);
	return printk("%s: %s", dev ? dev_name(dev) : "(no device)", text);
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

int kstrtou64(const char *text, unsigned int base, u64 *result)
{
	u64 value = 0;
	int digits = 0;

	if (*text == '+')
		text++;
	if (text[0] == '0' && (text[1] | 0x20) == 'x' && (base == 0 || base == 16)) {
		base = 16;
		text += 2;
	} else if (base == 0) {
		base = text[0] == '0' ? 8 : 10;
	}
	for (; (unsigned int)digit_value(*text) < base; text++, digits++) {
		if (check_mul_overflow(value, (u64)base, &value) ||
		    check_add_overflow(value, (u64)digit_value(*text), &value))
			return -ERANGE;
	}
	if (*text == '\n')
		text++;
	if (*text || !digits)
		return -EINVAL;
	*result = value;
	return 0;
}

int kstrtoul(const char *text, unsigned int base, unsigned long *result)
{
	u64 value;
	int ret = kstrtou64(text, base, &value);

	if (!ret)
		*result = value;
	return ret;
}

int kstrtouint(const char *text, unsigned int base, unsigned int *result)
{
	u64 value;
	int ret = kstrtou64(text, base, &value);

	if (ret)
		return ret;
	if (value > UINT_MAX)
		return -ERANGE;
	*result = value;
	return 0;
}

int kstrtoint(const char *text, unsigned int base, int *result)
{
	bool negative = *text == '-';
	u64 value;
	int ret = kstrtou64(text + negative, base, &value);

	if (ret)
		return ret;
	if (value > (u64)INT_MAX + negative)
		return -ERANGE;
	*result = negative ? -(s64)value : (s64)value;
	return 0;
}
