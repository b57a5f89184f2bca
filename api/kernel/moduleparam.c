// SPDX-License-Identifier: GPL-2.0-only
/* moduleparam.c - setting the parameters of drivers */
#include <linux/module.h>
#include <linux/string.h>

#include "core/core.h"
#include "include/program.h"

/* The linker collects what module_param() left in every driver. */
extern const struct module_parameter __start_module_parameters[] __weak;
extern const struct module_parameter __stop_module_parameters[] __weak;

static int parse_bool(const char *text, bool *value)
{
	if (strchr("1yY", text[0]) && text[0])
		*value = true;
	else if (strchr("0nN", text[0]) && text[0])
		*value = false;
	else
		return -EINVAL;
	return text[1] ? -EINVAL : 0;
}

/* The lowest bytes of a number, if nothing is lost with the others. */
static int store_number(const struct module_parameter *parameter, void *to, const char *text)
{
	bool negative = text[0] == '-';
	u64 number, value, kept;
	int ret = kstrtou64(text + negative, 0, &number);

	if (ret)
		return ret;
	value = negative ? -number : number;
	kept = parameter->size == 8 ? value : value & ((1ULL << parameter->size * 8) - 1);
	if (kept != value && !(negative && (kept | ~((1ULL << parameter->size * 8) - 1)) == value))
		return -ERANGE;
	memcpy(to, &kept, parameter->size);
	return 0;
}

static int store(const struct module_parameter *parameter, unsigned int element, const char *text)
{
	void *to = (char *)parameter->value + element * parameter->size;

	switch (parameter->type) {
	case __MODULE_PARAMETER_bool:
		return parse_bool(text, to);
	case __MODULE_PARAMETER_charp:
		*(const char **)to = text;
		return 0;
	default:
		return store_number(parameter, to, text);
	}
}

static int store_all(const struct module_parameter *parameter, const char *text)
{
	unsigned int element = 0;
	char word[32];
	int ret = 0;

	if (parameter->count == 1)
		return store(parameter, 0, text);
	while (!ret && element < parameter->count) {
		size_t length = 0;

		while (text[length] && text[length] != ',')
			length++;
		if (length >= sizeof(word))
			return -EINVAL;
		memcpy(word, text, length);
		word[length] = '\0';
		ret = store(parameter, element++, word);
		text += length;
		if (!*text)
			break;
		text++;
	}
	if (!ret && parameter->nr)
		*parameter->nr = element;
	return *text ? -EINVAL : ret;
}

int machine_set_parameter(const char *name, const char *value)
{
	const struct module_parameter *parameter;

	for (parameter = __start_module_parameters; parameter < __stop_module_parameters; parameter++)
		if (!strcmp(parameter->name, name))
			return store_all(parameter, value);
	return -ENOENT;
}
