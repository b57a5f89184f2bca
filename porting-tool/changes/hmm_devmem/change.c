// SPDX-License-Identifier: GPL-2.0-only
/*
 * Device memory by the hmm_devmem API, which is gone since 5.3.
 */
#include "changes/change.h"

#include "devmem.h"

static void rewrite(struct driver *driver)
{
	if (driver->devmem->whole) {
		devmem_rewrite_operations(driver);
		devmem_rewrite_calls(driver);
	}
	devmem_rewrite_pages(driver);
}

/* What is no plain call, as a pointer to the function or the text of a macro. */
static void name_other_uses(struct driver *driver, const char *name)
{
	const struct symbol *symbol = symbol_find(&driver->program, name);

	if (!symbol || symbol_is_own_call(symbol))
		return;
	for (const struct reference *use = symbol->references; use; use = use->next)
		if (use->kind == REFERENCE_VALUE || use->kind == REFERENCE_ADDRESS ||
		    use->kind == REFERENCE_MACRO) {
			use->unit->file->left++;
			diagnose(driver->diagnostics, use->unit->source, use->offset,
				 SEVERITY_WARNING, "neighbour",
				 "%s() is gone since 5.3, and this use of it is not ported", name);
		}
}

static void left(struct driver *driver)
{
	static const char *const names[] = { "hmm_devmem_page_set_drvdata",
					     "hmm_devmem_page_get_drvdata",
					     "hmm_vma_alloc_locked_page" };
	const struct devmem *devmem = driver->devmem;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		name_other_uses(driver, names[i]);

	if (devmem && devmem->obstacle.unit)
		driver_warn(driver, (struct unit *)devmem->obstacle.unit, devmem->obstacle.token,
			    "neighbour", "the hmm_devmem API is gone since 5.3, and its uses stay as "
			    "they are, because %s", devmem->why);
}

const struct change change_hmm_devmem = { .find = devmem_find, .rewrite = rewrite, .left = left };
