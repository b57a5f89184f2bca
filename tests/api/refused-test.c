// SPDX-License-Identifier: GPL-2.0-only
/* refused-test.c - everything that is refused with -EINVAL, and that it leaves no trace */
#include <errno.h>

#include "support.h"
#include "tests.h"

static void expect_refused(struct probe_plan plan, unsigned long addr)
{
	struct program_page_info before = program_page(program, addr), after;

	migrate(plan);
	assert_int_equal(record.ret, -EINVAL);
	assert_int_equal(record.asked, 0);
	after = program_page(program, addr);
	assert_memory_equal(&before, &after, sizeof(before));
}

static void refused_with(unsigned int mistake)
{
	unsigned long addr = map_written_pages(2);
	struct probe_plan plan = plan_for(addr, 2, SELECT_SYSTEM, GIVE_DEVICE);

	plan.mistakes = mistake;
	expect_refused(plan, addr);
	expect_bytes(program, addr, 2, 1);
}

static void no_mapping(void **state)
{
	refused_with(PLAN_WITHOUT_VMA);
}

static void no_src(void **state)
{
	refused_with(PLAN_WITHOUT_SRC);
}

static void no_dst(void **state)
{
	refused_with(PLAN_WITHOUT_DST);
}

static void no_ops_in_5_3(void **state)
{
	only_before(5, 4);
	refused_with(PLAN_WITHOUT_OPS);
}

static void a_missing_callback_in_5_3(void **state)
{
	only_before(5, 4);
	refused_with(PLAN_WITHOUT_CALLBACK);
}

static void refused_with_flag(unsigned long vm_flag)
{
	unsigned long addr = map_written_pages(2);
	struct probe_plan plan = plan_for(addr, 2, SELECT_SYSTEM, GIVE_DEVICE);

	plan.mistakes = PLAN_SPECIAL_VMA;
	plan.vm_flags = vm_flag;
	expect_refused(plan, addr);
	expect_bytes(program, addr, 2, 1);
}

/* The values are those of VM_IO, VM_DONTEXPAND, VM_PFNMAP and VM_MIXEDMAP. */
static void a_mapping_of_device_registers(void **state)
{
	refused_with_flag(0x4000);
}

static void a_mapping_that_must_not_grow(void **state)
{
	refused_with_flag(0x40000);
}

static void a_mapping_of_page_frames_without_struct_page(void **state)
{
	refused_with_flag(0x400);
}

static void a_mixed_mapping(void **state)
{
	refused_with_flag(0x10000000);
}

static void a_dax_mapping(void **state)
{
	refused_with(PLAN_DAX_VMA);
}

static void a_hugetlb_mapping(void **state)
{
	refused_with(PLAN_HUGETLB_VMA);
}

static void a_fault_page_of_system_memory_since_6_1(void **state)
{
	only_since(6, 1);
	refused_with(PLAN_SYSTEM_FAULT_PAGE);
}

static void a_fault_page_that_is_not_locked_since_6_15(void **state)
{
	only_since(6, 15);
	refused_with(PLAN_DEVICE_FAULT_PAGE);
}

static void refused_range(unsigned long start, unsigned long end)
{
	unsigned long addr = map_written_pages(4);
	struct probe_plan plan = plan_for(addr, 4, SELECT_SYSTEM, GIVE_DEVICE);

	plan.start = addr + start;
	plan.end = addr + end;
	expect_refused(plan, addr);
}

static void an_empty_range(void **state)
{
	refused_range(PAGE, PAGE);
}

static void migrate_reversed_range(void)
{
	refused_range(2 * PAGE, PAGE);
}

static void a_range_that_ends_before_it_starts_is_refused_only_until_5_3(void **state)
{
	if (since(5, 4))
		expect_fatal("range-reversed", migrate_reversed_range);
	else
		migrate_reversed_range();
}

static void a_range_that_ends_before_its_mapping(void **state)
{
	refused_range(PAGE, -PAGE);
}

static void a_range_that_ends_behind_the_mapping(void **state)
{
	refused_range(0, 5 * PAGE);
}

static void a_range_that_starts_before_the_mapping(void **state)
{
	refused_range(-PAGE, 2 * PAGE);
}

static void a_range_that_reaches_into_the_next_mapping(void **state)
{
	unsigned long addr = map_written_pages(4);

	program_protect(program, addr + 2 * PAGE, 2 * PAGE, PROGRAM_READ);
	expect_refused(plan_for(addr, 4, SELECT_SYSTEM, GIVE_DEVICE), addr);
}

/* The probe fills both with this before. */
static void a_refused_setup_leaves_the_arrays_as_they_were(void **state)
{
	refused_range(0, 5 * PAGE);
	assert_int_equal(record.src_at_end[0], 0x5a5a5a5a5a5a5a5aUL);
	assert_int_equal(record.dst_at_end[0], 0x5a5a5a5a5a5a5a5aUL);
}

static void a_range_of_less_than_a_page_since_5_4(void **state)
{
	unsigned long addr = map_written_pages(2);
	struct probe_plan plan = plan_for(addr, 2, SELECT_SYSTEM, GIVE_DEVICE);

	plan.start = addr + PAGE - 1;
	plan.end = addr + PAGE;
	if (since(5, 4)) {
		expect_refused(plan, addr);
		return;
	}
	migrate(plan);
	assert_int_equal(record.ret, 0);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
}

static void unaligned_ends_are_rounded_down(void **state)
{
	unsigned long addr = map_written_pages(3);
	struct probe_plan plan = plan_for(addr, 3, SELECT_SYSTEM, GIVE_DEVICE);

	plan.start = addr + 8;
	plan.end = addr + 2 * PAGE + 8;
	migrate(plan);
	assert_int_equal(record.ret, 0);
	assert_int_equal(record.start, addr);
	assert_int_equal(record.end, addr + 2 * PAGE);
	expect_where(addr + PAGE, PROGRAM_PAGE_DEVICE);
	expect_where(addr + 2 * PAGE, PROGRAM_PAGE_SYSTEM);
}

static void setup_without_the_mmap_lock_is_reported(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct probe_plan plan = plan_for(addr, 1, SELECT_SYSTEM, GIVE_DEVICE);

	plan.mistakes = PLAN_WITHOUT_MMAP_LOCK;
	migrate(plan);
	expect_violation("mmap-lock-not-held");
}

const struct CMUnitTest refused_tests[] = {
	machine_test(no_mapping),
	machine_test(no_src),
	machine_test(no_dst),
	machine_test(no_ops_in_5_3),
	machine_test(a_missing_callback_in_5_3),
	machine_test(a_mapping_of_device_registers),
	machine_test(a_mapping_that_must_not_grow),
	machine_test(a_mapping_of_page_frames_without_struct_page),
	machine_test(a_mixed_mapping),
	machine_test(a_dax_mapping),
	machine_test(a_range_that_reaches_into_the_next_mapping),
	machine_test(a_refused_setup_leaves_the_arrays_as_they_were),
	machine_test(a_hugetlb_mapping),
	machine_test(a_fault_page_of_system_memory_since_6_1),
	machine_test(a_fault_page_that_is_not_locked_since_6_15),
	machine_test(an_empty_range),
	machine_test(a_range_that_ends_before_it_starts_is_refused_only_until_5_3),
	machine_test(a_range_that_ends_before_its_mapping),
	machine_test(a_range_that_ends_behind_the_mapping),
	machine_test(a_range_that_starts_before_the_mapping),
	machine_test(a_range_of_less_than_a_page_since_5_4),
	machine_test(unaligned_ends_are_rounded_down),
	machine_test(setup_without_the_mmap_lock_is_reported),
};
const size_t refused_test_count = sizeof(refused_tests) / sizeof(refused_tests[0]);
