/* SPDX-License-Identifier: GPL-2.0-only */
/* hashtable.h - lists by the hash of a key */
#ifndef _LINUX_HASHTABLE_H
#define _LINUX_HASHTABLE_H

#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/list.h>

#define DECLARE_HASHTABLE(name, bits)	struct hlist_head name[1 << (bits)]
#define DEFINE_HASHTABLE(name, bits)	struct hlist_head name[1 << (bits)] = { { NULL } }
#define HASH_SIZE(name)			ARRAY_SIZE(name)
#define HASH_BITS(name)			ilog2(HASH_SIZE(name))

static inline void __hash_init(struct hlist_head *table, unsigned int size)
{
	for (unsigned int i = 0; i < size; i++)
		table[i].first = NULL;
}

static inline bool __hash_empty(const struct hlist_head *table, unsigned int size)
{
	for (unsigned int i = 0; i < size; i++)
		if (table[i].first)
			return false;
	return true;
}

#define hash_init(table)		__hash_init(table, HASH_SIZE(table))
#define hash_empty(table)		__hash_empty(table, HASH_SIZE(table))
#define hash_add(table, node, key) \
	hlist_add_head(node, &(table)[hash_64(key, HASH_BITS(table))])
#define hash_del(node)			hlist_del_init(node)
#define hash_hashed(node)		(!hlist_unhashed(node))
#define hash_for_each_possible(table, pos, member, key) \
	hlist_for_each_entry(pos, &(table)[hash_64(key, HASH_BITS(table))], member)
#define hash_for_each_possible_safe(table, pos, next, member, key) \
	hlist_for_each_entry_safe(pos, next, &(table)[hash_64(key, HASH_BITS(table))], member)
#define hash_for_each(table, bucket, pos, member) \
	for ((bucket) = 0, pos = NULL; !pos && (bucket) < (int)HASH_SIZE(table); (bucket)++) \
		hlist_for_each_entry(pos, &(table)[bucket], member)
#define hash_for_each_safe(table, bucket, next, pos, member) \
	for ((bucket) = 0, pos = NULL; !pos && (bucket) < (int)HASH_SIZE(table); (bucket)++) \
		hlist_for_each_entry_safe(pos, next, &(table)[bucket], member)

#endif
