// SPDX-License-Identifier: GPL-2.0-only
/* pci-test.c - devices on the PCI bus, with the driver of probe-pci.c */
#include <errno.h>

#include "support.h"
#include "tests.h"

static unsigned int registers_of(int number, int which)
{
	return ((volatile unsigned int *)machine_pci_bar(number))[which];
}

static void a_device_finds_the_driver_that_names_it(void **state)
{
	int first = machine_add_pci_device(PROBE_PCI_VENDOR, 2, PAGE);
	int other = machine_add_pci_device(PROBE_PCI_VENDOR, 7, PAGE);

	assert_int_equal(registers_of(first, 0), PROBE_PCI_BOUND);
	assert_int_equal(registers_of(first, 1), 22);
	assert_int_equal(registers_of(other, 0), 0);
}

static void a_driver_finds_the_device_that_is_there_before_it(void **state)
{
	int number;

	program_exit(program);
	machine_unload_driver();
	number = machine_add_pci_device(PROBE_PCI_VENDOR, 1, PAGE);
	assert_int_equal(registers_of(number, 0), 0);
	assert_int_equal(machine_load_driver(), 0);
	assert_int_equal(registers_of(number, 1), 11);
	machine_unload_driver();
	assert_int_equal(registers_of(number, 0), PROBE_PCI_REMOVED);
	assert_int_equal(machine_load_driver(), 0);
	program = program_start();
	assert_int_equal(program_open(program, "/dev/probe"), 0);
}

static void a_device_that_is_pulled_out_is_given_up(void **state)
{
	int number = machine_add_pci_device(PROBE_PCI_VENDOR, 1, PAGE);

	machine_remove_pci_device(number);
	assert_int_equal(registers_of(number, 0), PROBE_PCI_REMOVED);
	assert_int_equal(machine_count().slab_objects, 0);
	expect_counts(0, 0);
}

const struct CMUnitTest pci_tests[] = {
	machine_test(a_device_finds_the_driver_that_names_it),
	machine_test(a_driver_finds_the_device_that_is_there_before_it),
	machine_test(a_device_that_is_pulled_out_is_given_up),
};
const size_t pci_test_count = sizeof(pci_tests) / sizeof(pci_tests[0]);
