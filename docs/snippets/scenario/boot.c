// SPDX-License-Identifier: GPL-2.0-only
#include "scenario.h"

/* The job that a driver left to the kernel is done by the end, whenever that may be. */
int let_time_pass(void)
{
	if (machine_boot())
		return 1;
	machine_order(MACHINE_RANDOM, 7);
	machine_set_swap(MACHINE_SWAP_MEMORY);
	if (machine_load_driver())
		return 1;
	machine_sleep(100);
	return machine_shutdown();
}

/* A driver that knows no such device leaves its registers as they are. */
int put_a_device_on_the_bus(void)
{
	const unsigned int *registers;
	int number, changed;

	if (machine_boot() || machine_load_driver())
		return 1;
	number = machine_add_pci_device(0x1234, 0x11e8, PROGRAM_PAGE_SIZE);
	registers = machine_pci_bar(number);
	changed = registers[0] != 0;
	machine_remove_pci_device(number);
	return changed || machine_shutdown();
}

static void give_a_copy_engine(int number)
{
	const struct machine_copy_engine registers = {
		.from = 0x00, .to = 0x08, .length = 0x10, .status = 0x14, .done = 1, .failed = 2,
	};

	machine_pci_copy_engine(number, &registers);
}

/* Whatever PCI driver this is, it finds its device, and a copy engine on it. */
int put_the_wanted_devices_on_the_bus(void)
{
	int devices;

	if (machine_boot() || machine_load_driver())
		return 1;
	devices = machine_add_pci_devices_wanted(PROGRAM_PAGE_SIZE, give_a_copy_engine);
	if (devices)
		printf("%d devices on the bus\n", devices);
	/* This is a driver without one; it has its name in /dev. */
	if (!machine_device_name(0))
		return 1;
	return machine_shutdown();
}

/* Loads the driver with a parameter, where the release has it, and unloads it. */
int load_and_unload(void)
{
	int leaks;

	if (machine_boot())
		return 1;
	/* The driver of this scenario has no parameters, so that this returns -ENOENT. */
	machine_set_parameter("chunk_pages", "16");
	if (machine_release() >= MACHINE_RELEASE(6, 1))
		printf("this machine has migrate_device_range()\n");

	if (machine_load_driver()) {
		machine_shutdown();
		return 1;
	}
	machine_unload_driver();
	leaks = machine_shutdown();
	return leaks || machine_violations();
}
