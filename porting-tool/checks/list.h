/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The checks there are, in the order in which they are shown.
 */
#ifndef MIGRATE_VMA_CHECK_LIST_H
#define MIGRATE_VMA_CHECK_LIST_H

#define CHECKS(check)                                                                              \
	check(not_ported)                                                                          \
	check(setup_result)                                                                        \
	check(after_failed_setup)                                                                  \
	check(finalize_missing)                                                                    \
	check(return_inside)                                                                       \
	check(pages_skipped)                                                                       \
	check(step_order)                                                                          \
	check(counted_without_pages)                                                               \
	check(cpages_after_finalize)                                                               \
	check(mmap_lock_dropped)                                                                   \
	check(user_access_inside)                                                                  \
	check(too_many_paths)                                                                      \
	check(src_written)                                                                         \
	check(dst_written_late)                                                                    \
	check(dst_prefilled)                                                                       \
	check(dst_unlocked)                                                                        \
	check(dst_freed)                                                                           \
	check(page_leaked)                                                                         \
	check(locked_page_freed)                                                                   \
	check(pagemap_member)                                                                      \
	check(locked_flag_missing)                                                                 \
	check(member_missing)                                                                      \
	check(not_zeroed)                                                                          \
	check(chunk_loop)                                                                          \
	check(dead_guard)                                                                          \
	check(removed_name)                                                                        \
	check(later_name)                                                                          \
	check(kernel_name)                                                                         \
	check(device_page_init)                                                                    \
	check(hidden_place)

/**
 * enum check_place - the places that checks keep in the state of a path
 * @PLACE_PREFILLED: where dst was filled before the setup
 * @PLACE_UNLOCKED: where a page was written to dst that nobody locked
 * @PLACE_FREED: where a page was given up that is still in dst
 * @PLACE_COUNT: how many there are
 */
enum check_place { PLACE_PREFILLED, PLACE_UNLOCKED, PLACE_FREED, PLACE_COUNT };

#endif
