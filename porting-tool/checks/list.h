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
	check(mmap_lock_balance)                                                                   \
	check(page_balance)                                                                        \
	check(user_access_inside)                                                                  \
	check(notifier_lock)                                                                       \
	check(copy_after_finalize)                                                                 \
	check(copy_not_awaited)                                                                    \
	check(dma_not_unmapped)                                                                    \
	check(arrays_freed)                                                                        \
	check(too_many_paths)                                                                      \
	check(src_written)                                                                         \
	check(dst_written_late)                                                                    \
	check(dst_never_filled)                                                                    \
	check(dst_filled_twice)                                                                    \
	check(dst_raw_number)                                                                      \
	check(loop_over_cpages)                                                                    \
	check(dst_uninitialised)                                                                   \
	check(hole_not_cleared)                                                                    \
	check(page_not_filled)                                                                     \
	check(unwind_short)                                                                        \
	check(dst_prefilled)                                                                       \
	check(dst_unlocked)                                                                        \
	check(dst_freed)                                                                           \
	check(page_leaked)                                                                         \
	check(locked_page_freed)                                                                   \
	check(pagemap_member)                                                                      \
	check(locked_flag_missing)                                                                 \
	check(member_missing)                                                                      \
	check(not_zeroed)                                                                          \
	check(wrong_direction)                                                                     \
	check(fault_errno)                                                                         \
	check(fault_page_locked)                                                                   \
	check(chunk_loop)                                                                          \
	check(dead_guard)                                                                          \
	check(flag_fallback)                                                                       \
	check(old_result)                                                                          \
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
 * @PLACE_ARRAY_FREED: where src or dst was freed while the migration was open
 * @PLACE_FINALIZED: where a migration that had pages was finalized
 * @PLACE_WAITED: where a copy was waited for while the migration was open
 * @PLACE_FILLER: the call in the function where the migration began that filled dst
 * @PLACE_NOTIFIER_LOCK: where a lock was taken, which is held, that the driver's notifier takes
 * @PLACE_COUNT: how many there are
 */
enum check_place { PLACE_PREFILLED, PLACE_UNLOCKED, PLACE_FREED, PLACE_ARRAY_FREED,
		   PLACE_FINALIZED, PLACE_WAITED, PLACE_FILLER, PLACE_NOTIFIER_LOCK, PLACE_COUNT };

#endif
