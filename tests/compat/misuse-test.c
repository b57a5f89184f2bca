// SPDX-License-Identifier: GPL-2.0-only
/* What breaks a rule of migrate_vma_compat.h is refused and told. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "misuse.h"
#include "program.h"

/* The order matters: the header remembers the first owner as long as the driver is there. */

static void migrating_without_device_memory_is_refused_and_told(void **state)
{
	(void)state;
	assert_int_equal(misuse_without_memory(), -EINVAL);
	assert_int_equal(machine_violations(), 1);
}

static void operations_are_the_drivers_again_after_unmapping(void **state)
{
	(void)state;
	assert_int_equal(misuse_restores_operations(), 1);
}

static void a_second_owner_is_refused_and_told(void **state)
{
	(void)state;
	assert_int_equal(misuse_second_owner(), -EINVAL);
	assert_int_equal(machine_violations(), 1);
}

static void an_end_before_the_start_is_refused(void **state)
{
	(void)state;
	assert_int_equal(misuse_reversed_range(), -EINVAL);
	assert_int_equal(machine_violations(), 0);
}

static int boot(void **state)
{
	(void)state;
	return machine_boot() || machine_load_driver();
}

static int shutdown(void **state)
{
	(void)state;
	return machine_shutdown();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(migrating_without_device_memory_is_refused_and_told,
						boot, shutdown),
		cmocka_unit_test_setup_teardown(operations_are_the_drivers_again_after_unmapping,
						boot, shutdown),
		cmocka_unit_test_setup_teardown(a_second_owner_is_refused_and_told, boot, shutdown),
		cmocka_unit_test_setup_teardown(an_end_before_the_start_is_refused, boot, shutdown),
	};

	return cmocka_run_group_tests_name("misuse", tests, NULL, NULL);
}
