// SPDX-License-Identifier: GPL-2.0-only
#include "dated_names.h"

#include <limits.h>
#include <string.h>

/** enum place - where a name has the meaning that the table is about */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum place {
	PLACE_ANY,		/* not a member */
	PLACE_MACRO,		/* the same, and the preprocessor knows it */
	PLACE_STRUCT,		/* behind "struct" */
	PLACE_CALL,		/* before "(" */
	PLACE_CALL_OF_ONE,	/* before "(", with one argument */
	PLACE_CALL_OF_TWO,
	PLACE_CALL_OF_THREE,
	PLACE_MEMBER,		/* behind "." or "->" */
	PLACE_MEMBER_OF_PAGE,	/* of a struct page */
	PLACE_MEMBER_OF_PAGEMAP, /* of a struct dev_pagemap */
	PLACE_OPERATION,	/* set in a struct dev_pagemap_ops */
};

/* How a use is told apart from the same name in another place. */
static const char *const forms[] = {
	[PLACE_ANY] = "",
	[PLACE_MACRO] = "",
	[PLACE_STRUCT] = "",
	[PLACE_CALL] = "()",
	[PLACE_CALL_OF_ONE] = "() with one argument",
	[PLACE_CALL_OF_TWO] = "() with two arguments",
	[PLACE_CALL_OF_THREE] = "() with three arguments",
	[PLACE_MEMBER] = "",
	[PLACE_MEMBER_OF_PAGE] = " of struct page",
	[PLACE_MEMBER_OF_PAGEMAP] = " of struct dev_pagemap",
	[PLACE_OPERATION] = " of struct dev_pagemap_ops",
};

#define GONE(release)	0, release
#define SINCE(release)	release, INT_MAX

static const struct entry {
	const char *name;
	enum place place;
	int since, until;
	const char *instead;
	enum dated_port port;
} entries[] = {
	{ "hmm_devmem_add", PLACE_CALL, GONE(RELEASE(5, 3)),
	  "fill a struct dev_pagemap with type MEMORY_DEVICE_PRIVATE, ops, owner and the range of "
	  "request_free_mem_region(), and call devm_memremap_pages()", WHERE_SEEN },
	{ "hmm_devmem_add_resource", PLACE_CALL, GONE(RELEASE(5, 3)),
	  "fill a struct dev_pagemap with the resource and call devm_memremap_pages()", LEFT },
	{ "hmm_devmem_remove", PLACE_CALL, GONE(RELEASE(5, 0)),
	  "call memunmap_pages(), or leave it to devres", WHERE_SEEN },
	{ "hmm_devmem_ops", PLACE_STRUCT, GONE(RELEASE(5, 3)),
	  "use struct dev_pagemap_ops: free becomes page_free(), fault becomes "
	  "migrate_to_ram(struct vm_fault *)", WHERE_SEEN },
	{ "hmm_devmem", PLACE_STRUCT, GONE(RELEASE(5, 3)), "use struct dev_pagemap", WHERE_SEEN },
	{ "hmm_devmem_page_set_drvdata", PLACE_CALL, GONE(RELEASE(5, 3)),
	  "store in page->zone_device_data", WHERE_SEEN },
	{ "hmm_devmem_page_get_drvdata", PLACE_CALL, GONE(RELEASE(5, 3)),
	  "read page->zone_device_data", WHERE_SEEN },
	{ "hmm_vma_alloc_locked_page", PLACE_CALL, GONE(RELEASE(5, 3)),
	  "call alloc_page_vma(GFP_HIGHUSER, vma, addr) and lock_page()", WHERE_SEEN },
	{ "is_device_public_page", PLACE_CALL, GONE(RELEASE(5, 3)),
	  "remove it: there are no device public pages", LEFT },
	{ "MEMORY_DEVICE_PUBLIC", PLACE_ANY, GONE(RELEASE(5, 3)),
	  "remove it, or use MEMORY_DEVICE_COHERENT from 6.0", LEFT },

	{ "migrate_vma", PLACE_CALL, GONE(RELEASE(5, 4)),
	  "use migrate_vma_setup(), migrate_vma_pages() and migrate_vma_finalize(); "
	  "`migrate-vma port` rewrites it", PORTED },
	{ "migrate_vma_ops", PLACE_ANY, GONE(RELEASE(5, 4)),
	  "put the code between migrate_vma_setup() and migrate_vma_finalize(); "
	  "`migrate-vma port` rewrites it", PORTED },
	{ "MIGRATE_PFN_ERROR", PLACE_MACRO, GONE(RELEASE(5, 4)),
	  "use 0 in dst, and a variable of the driver for the error", PORTED },
	{ "MIGRATE_PFN_DEVICE", PLACE_MACRO, GONE(RELEASE(5, 4)),
	  "use is_device_private_page(migrate_pfn_to_page(src[i]))", PORTED },
	{ "hmm_vma_fault", PLACE_CALL, GONE(RELEASE(5, 3)), "use hmm_range_fault()", LEFT },
	{ "hmm_vma_get_pfns", PLACE_CALL, GONE(RELEASE(5, 2)), "use hmm_range_fault()", LEFT },

	{ "hmm_mirror_register", PLACE_CALL, GONE(RELEASE(5, 5)),
	  "use mmu_interval_notifier_insert()", LEFT },
	{ "hmm_mirror_unregister", PLACE_CALL, GONE(RELEASE(5, 5)),
	  "use mmu_interval_notifier_remove()", LEFT },
	{ "hmm_mirror", PLACE_STRUCT, GONE(RELEASE(5, 5)), "use struct mmu_interval_notifier", LEFT },
	{ "hmm_mirror_ops", PLACE_STRUCT, GONE(RELEASE(5, 5)),
	  "use struct mmu_interval_notifier_ops", LEFT },
	{ "hmm_vma_range_done", PLACE_CALL, GONE(RELEASE(5, 3)),
	  "use mmu_interval_read_retry() from 5.5", LEFT },
	{ "hmm_range_snapshot", PLACE_CALL, GONE(RELEASE(5, 4)),
	  "use hmm_range_fault(), with HMM_FAULT_SNAPSHOT up to 5.6", LEFT },
	{ "hmm_range_register", PLACE_CALL, GONE(RELEASE(5, 5)),
	  "use mmu_interval_read_begin()", LEFT },
	{ "hmm_range_unregister", PLACE_CALL, GONE(RELEASE(5, 5)),
	  "remove it: mmu_interval_read_begin() takes nothing", LEFT },
	{ "hmm_range_valid", PLACE_CALL, GONE(RELEASE(5, 5)),
	  "use mmu_interval_read_retry()", LEFT },
	{ "hmm_range_wait_until_valid", PLACE_CALL, GONE(RELEASE(5, 5)),
	  "use mmu_interval_read_begin(), which waits", LEFT },
	{ "hmm_range_dma_map", PLACE_CALL, GONE(RELEASE(5, 5)),
	  "call hmm_range_fault() and dma_map_page()", LEFT },
	{ "hmm_range_dma_unmap", PLACE_CALL, GONE(RELEASE(5, 5)), "call dma_unmap_page()", LEFT },
	{ "mmap_sem", PLACE_MEMBER, GONE(RELEASE(5, 8)),
	  "use mmap_read_lock(mm), mmap_read_unlock(mm) and their kin of <linux/mmap_lock.h>",
	  LEFT },
	{ "data", PLACE_MEMBER_OF_PAGEMAP, GONE(RELEASE(5, 3)),
	  "use container_of() on the pagemap, which is part of a struct of the driver", WHERE_SEEN },
	{ "src_owner", PLACE_MEMBER, GONE(RELEASE(5, 9)), "use pgmap_owner and set flags",
	  WHERE_SEEN },
	{ "res", PLACE_MEMBER_OF_PAGEMAP, GONE(RELEASE(5, 10)), "use range and nr_range = 1",
	  WHERE_SEEN },
	{ "migrate_pgmap_owner", PLACE_MEMBER, GONE(RELEASE(5, 14)),
	  "use owner of struct mmu_notifier_range", LEFT },
	{ "mmu_notifier_range_init_migrate", PLACE_CALL, GONE(RELEASE(5, 14)),
	  "use mmu_notifier_range_init_owner()", LEFT },
	{ "register_shrinker", PLACE_CALL, GONE(RELEASE(6, 7)),
	  "use shrinker_alloc() and shrinker_register()", LEFT },
	{ "unregister_shrinker", PLACE_CALL, GONE(RELEASE(6, 7)), "use shrinker_free()", LEFT },
	{ "MIGRATE_PFN_LOCKED", PLACE_MACRO, GONE(RELEASE(5, 16)),
	  "leave it out: the page is still locked with lock_page(), but dst does not say so",
	  PORTED },
	{ "make_device_exclusive_range", PLACE_CALL, GONE(RELEASE(6, 15)),
	  "use make_device_exclusive()", WHERE_SEEN },
	{ "pgmap", PLACE_MEMBER_OF_PAGE, GONE(RELEASE(6, 15)), "use page_pgmap(page)", LEFT },
	{ "get_dev_pagemap", PLACE_CALL_OF_TWO, GONE(RELEASE(6, 18)),
	  "use get_dev_pagemap(pfn)", LEFT },
	{ "MIGRATEPAGE_SUCCESS", PLACE_MACRO, GONE(RELEASE(6, 18)), "use 0", LEFT },
	{ "page_free", PLACE_OPERATION, GONE(RELEASE(6, 19)),
	  "use folio_free, which takes a struct folio", WHERE_SEEN },
	{ "zone_device_page_init", PLACE_CALL_OF_ONE, GONE(RELEASE(6, 19)),
	  "use zone_device_page_init(page, pgmap, order)", LEFT },

	{ "mmap_read_lock", PLACE_CALL, SINCE(RELEASE(5, 8)), "use down_read(&mm->mmap_sem)",
	  LEFT },
	{ "pgmap_owner", PLACE_MEMBER, SINCE(RELEASE(5, 9)),
	  "use src_owner from 5.7, nothing before", LEFT },
	{ "MIGRATE_VMA_SELECT_SYSTEM", PLACE_ANY, SINCE(RELEASE(5, 9)),
	  "use src_owner = NULL from 5.7, nothing before", LEFT },
	{ "MIGRATE_VMA_SELECT_DEVICE_PRIVATE", PLACE_ANY, SINCE(RELEASE(5, 9)),
	  "use src_owner from 5.7, nothing before", LEFT },
	{ "MMU_NOTIFY_MIGRATE", PLACE_ANY, SINCE(RELEASE(5, 9)), "use MMU_NOTIFY_CLEAR", LEFT },
	{ "MIGRATE_VMA_SELECT_DEVICE_COHERENT", PLACE_ANY, SINCE(RELEASE(6, 0)),
	  "leave it out: there is no coherent device memory", LEFT },
	{ "MEMORY_DEVICE_COHERENT", PLACE_ANY, SINCE(RELEASE(6, 0)),
	  "leave it out: there is no coherent device memory", LEFT },
	{ "zone_device_page_init", PLACE_CALL_OF_ONE, SINCE(RELEASE(6, 1)),
	  "use lock_page(), after get_page() up to 5.17", LEFT },
	{ "migrate_device_range", PLACE_CALL, SINCE(RELEASE(6, 1)),
	  "use migrate_vma_setup() for every address space that maps the pages", LEFT },
	{ "migrate_device_pages", PLACE_CALL, SINCE(RELEASE(6, 1)), "use migrate_vma_pages()",
	  LEFT },
	{ "migrate_device_finalize", PLACE_CALL, SINCE(RELEASE(6, 1)),
	  "use migrate_vma_finalize()", LEFT },
	{ "migrate_device_pfns", PLACE_CALL, SINCE(RELEASE(6, 15)), "use migrate_device_range()",
	  LEFT },
	{ "page_pgmap", PLACE_CALL, SINCE(RELEASE(6, 15)), "use page->pgmap", LEFT },
	{ "MIGRATE_VMA_SELECT_COMPOUND", PLACE_ANY, SINCE(RELEASE(6, 19)),
	  "leave it out: large folios come as single pages", LEFT },
	{ "MIGRATE_PFN_COMPOUND", PLACE_MACRO, SINCE(RELEASE(6, 19)),
	  "leave it out: large folios come as single pages", LEFT },
	{ "zone_device_page_init", PLACE_CALL_OF_THREE, SINCE(RELEASE(6, 19)),
	  "use zone_device_page_init(page)", LEFT },
	{ "zone_device_folio_init", PLACE_CALL, SINCE(RELEASE(6, 19)),
	  "use zone_device_page_init(page)", LEFT },
	{ "folio_free", PLACE_OPERATION, SINCE(RELEASE(6, 19)),
	  "use page_free, which takes a struct page", LEFT },
	{ "folio_split", PLACE_OPERATION, SINCE(RELEASE(6, 19)),
	  "leave it out: there is no large folio", LEFT },
};

/* What else the preprocessor may be asked for.  The configuration is one with device memory. */
static const struct {
	const char *name;
	int since, until;
} macros[] = {
	{ "CONFIG_MIGRATE_VMA_HELPER", GONE(RELEASE(5, 4)) },
	{ "CONFIG_MIGRATION", 0, INT_MAX },
	{ "CONFIG_DEVICE_PRIVATE", 0, INT_MAX },
	{ "CONFIG_ZONE_DEVICE", 0, INT_MAX },
	{ "__KERNEL__", 0, INT_MAX },
	{ "__cplusplus", INT_MAX, INT_MAX },
	{ "__ASSEMBLY__", INT_MAX, INT_MAX },
};

static bool is_member(const struct syntax *syntax, uint32_t at)
{
	return at && (code_is(syntax, at - 1, ".") || code_is(syntax, at - 1, "->"));
}

static bool is_call(const struct syntax *syntax, uint32_t at, size_t arguments)
{
	struct call call;

	return !is_member(syntax, at) && call_parse(syntax, at, &call) && call.count == arguments;
}

/* Whether a name is a variable of the struct, or a pointer to one. */
static bool is_operations(const struct syntax *syntax, uint32_t at)
{
	struct declarator declarator;
	struct node *declaration;

	if (!code_identifier(syntax, at) || is_member(syntax, at) ||
	    !local_find(syntax, at, code_text(syntax, at, at), &declarator, &declaration))
		return false;
	for (uint32_t i = declarator.specifiers.first; i <= declarator.specifiers.last; i++)
		if (code_is(syntax, i, "dev_pagemap_ops"))
			return true;
	return false;
}

/* .name = in an initialiser of a struct dev_pagemap_ops, or ops.name = f. */
static bool is_operation(const struct syntax *syntax, uint32_t at)
{
	const struct node *node;

	if (!is_member(syntax, at))
		return false;
	if (at > 1 && code_is(syntax, at - 1, "->") && code_is(syntax, at - 2, "ops"))
		return true;
	if (!code_is(syntax, at + 1, "="))
		return false;
	if (at > 2 && is_operations(syntax, at - 2))
		return true;
	node = node_at(syntax, at);
	for (uint32_t i = node->first; i < at; i++)
		if (code_is(syntax, i, "dev_pagemap_ops"))
			return true;
	return false;
}

/* The "{" of the list in which ".member =" stands, or 0. */
static uint32_t list_of(const struct syntax *syntax, uint32_t at)
{
	uint32_t open = at - 2;

	if (at < 3 || !code_is(syntax, at - 1, ".") ||
	    (!code_is(syntax, open, "{") && !code_is(syntax, open, ",")))
		return 0;
	while (open > 0 && !code_is(syntax, open, "{") && !code_is(syntax, open, ";"))
		open = (syntax->match[open] && syntax->match[open] < open ? syntax->match[open] : open) - 1;
	return code_is(syntax, open, "{") ? open : 0;
}

/* "(struct dev_pagemap){", "struct dev_pagemap name = {", ".pagemap = {" */
static bool is_list_of_pagemap(const struct syntax *syntax, uint32_t open)
{
	if (code_is(syntax, open - 1, ")"))
		return code_is(syntax, open - 2, "dev_pagemap");
	if (!code_is(syntax, open - 1, "="))
		return false;
	if (is_member(syntax, open - 2))
		return strstr(code_text(syntax, open - 2, open - 2), "pagemap") ||
		       strstr(code_text(syntax, open - 2, open - 2), "pgmap");
	for (uint32_t i = node_at(syntax, open)->first; i < open; i++)
		if (code_is(syntax, i, "dev_pagemap"))
			return true;
	return false;
}

/* What stands in front of the member says pagemap or pgmap, or the list that sets it does. */
static bool is_of_pagemap(const struct syntax *syntax, uint32_t at)
{
	uint32_t list;

	if (!is_member(syntax, at))
		return false;
	list = list_of(syntax, at);
	if (list)
		return is_list_of_pagemap(syntax, list);
	for (uint32_t i = at; i-- > 0 && at - i < 8 && !code_is(syntax, i, ";");) {
		const char *word = code_text(syntax, i, i);

		if (strstr(word, "pagemap") || strstr(word, "pgmap"))
			return true;
	}
	return false;
}

static bool is_struct_page(const struct syntax *syntax, const struct declarator *declarator)
{
	for (uint32_t i = declarator->specifiers.first; i < declarator->specifiers.last; i++)
		if (code_is(syntax, i, "struct") && code_is(syntax, i + 1, "page"))
			return declarator->stars == 1;
	return false;
}

/* page->pgmap of a struct page *page, vmf->page->pgmap, migrate_pfn_to_page(src[i])->pgmap. */
static bool is_of_page(const struct syntax *syntax, uint32_t at)
{
	struct declarator declarator;
	struct node *declaration;
	uint32_t of = at - 2;

	if (at < 2 || !code_is(syntax, at - 1, "->") || code_is(syntax, at + 1, "."))
		return false;
	if (code_is(syntax, of, ")")) {
		of = syntax->match[of];
		return of && (code_is(syntax, of - 1, "migrate_pfn_to_page") ||
			      code_is(syntax, of - 1, "pfn_to_page") ||
			      code_is(syntax, of - 1, "virt_to_page"));
	}
	if (!code_identifier(syntax, of))
		return false;
	if (is_member(syntax, of))
		return code_is(syntax, of, "page") || code_is(syntax, of, "fault_page");
	return local_find(syntax, of, code_text(syntax, of, of), &declarator, &declaration) &&
	       is_struct_page(syntax, &declarator);
}

/* The struct that a member belongs to, where that is what tells; or NULL. */
static const char *const structs[COUNT(forms)] = {
	[PLACE_MEMBER_OF_PAGE] = "page",
	[PLACE_MEMBER_OF_PAGEMAP] = "dev_pagemap",
	[PLACE_OPERATION] = "dev_pagemap_ops",
};

/* @tag: the struct, where it is known, or NULL: then what stands there has to tell. */
static bool is_at(const struct syntax *syntax, uint32_t at, const char *tag, enum place place)
{
	if (tag && structs[place])
		return is_member(syntax, at) && !strcmp(tag, structs[place]);
	switch (place) {
	case PLACE_ANY:
	case PLACE_MACRO:
		return !is_member(syntax, at);
	case PLACE_STRUCT:
		return at && code_is(syntax, at - 1, "struct");
	case PLACE_CALL:
		return !is_member(syntax, at) && code_is(syntax, at + 1, "(");
	case PLACE_CALL_OF_ONE:
		return is_call(syntax, at, 1);
	case PLACE_CALL_OF_TWO:
		return is_call(syntax, at, 2);
	case PLACE_CALL_OF_THREE:
		return is_call(syntax, at, 3);
	case PLACE_MEMBER:
		return is_member(syntax, at);
	case PLACE_MEMBER_OF_PAGE:
		return is_of_page(syntax, at);
	case PLACE_MEMBER_OF_PAGEMAP:
		return is_of_pagemap(syntax, at);
	case PLACE_OPERATION:
		return is_operation(syntax, at);
	}
	return false;
}

bool dated_name_of_struct(const struct syntax *syntax, uint32_t token)
{
	if (!is_member(syntax, token))
		return false;
	for (size_t i = 0; i < COUNT(entries); i++)
		if (structs[entries[i].place] && code_is(syntax, token, entries[i].name))
			return true;
	return false;
}

bool dated_name_at(const struct syntax *syntax, uint32_t token, const char *tag, int release,
		   struct dated_name *found)
{
	char first = syntax->source->text[code_start(syntax, token)];

	for (size_t i = 0; i < COUNT(entries); i++) {
		const struct entry *entry = &entries[i];

		if (entry->name[0] != first)
			continue;
		if ((release >= entry->since && release < entry->until) ||
		    !code_is(syntax, token, entry->name) || !is_at(syntax, token, tag, entry->place))
			continue;
		*found = (struct dated_name){ entry->name, forms[entry->place], entry->since,
					      entry->until, entry->instead, entry->port };
		return true;
	}
	return false;
}

bool dated_name_of(const char *name, size_t index, struct dated_name *found)
{
	for (size_t i = 0; i < COUNT(entries); i++) {
		const struct entry *entry = &entries[i];

		if (strcmp(entry->name, name) || index--)
			continue;
		*found = (struct dated_name){ entry->name, forms[entry->place], entry->since,
					      entry->until, entry->instead, entry->port };
		return true;
	}
	return false;
}

bool old_name_at(const char *text, const struct token *token)
{
	for (size_t i = 0; i < COUNT(entries); i++)
		if (entries[i].port == PORTED && entries[i].until == RELEASE(5, 4) &&
		    token_is(text, token, entries[i].name))
			return entries[i].place != PLACE_CALL || token_is(text, token + 1, "(");
	return false;
}

/* The releases that define a macro: @since to before @until. */
static bool macro_find_dates(const char *name, size_t length, int *since, int *until)
{
	for (size_t i = 0; i < COUNT(macros); i++)
		if (strlen(macros[i].name) == length && !memcmp(macros[i].name, name, length)) {
			*since = macros[i].since;
			*until = macros[i].until;
			return true;
		}
	for (size_t i = 0; i < COUNT(entries); i++)
		if (entries[i].place == PLACE_MACRO && strlen(entries[i].name) == length &&
		    !memcmp(entries[i].name, name, length)) {
			*since = entries[i].since;
			*until = entries[i].until;
			return true;
		}
	return false;
}

bool macro_of_release(const char *name, size_t length, const struct release *target,
		      enum truth *defined, long *value)
{
	int since, until;

	if (!target || !macro_find_dates(name, length, &since, &until))
		return false;
	*defined = target->number >= since && target->number < until ? TRUTH_YES : TRUTH_NO;
	*value = *defined == TRUTH_YES;
	return true;
}

bool name_is_everywhere(const char *name, size_t length)
{
	int since, until;

	return macro_find_dates(name, length, &since, &until) &&
	       (until == INT_MAX && (!since || since == INT_MAX));
}
