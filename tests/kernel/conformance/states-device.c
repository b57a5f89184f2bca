// SPDX-License-Identifier: GPL-2.0-only
/* states-device.c - pages of the devices, and those that were there */
#include "conformance-ioctl.h"
#include "states.h"
#include "../../proof/trace.h"

#define COHERENT	MACHINE_RELEASE(6, 0)

static void on_a(struct brought_about *about)
{
	written(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_A);
}

static void on_b(struct brought_about *about)
{
	written(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_B);
}

static void made_on_a(struct brought_about *about)
{
	untouched(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_A);
}

static void on_a_read_only(struct brought_about *about)
{
	written_read_only(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_A);
}

static void on_a_then_read_only(struct brought_about *about)
{
	on_a(about);
	protect(about, PROGRAM_READ);
}

static void on_a_writable_again(struct brought_about *about)
{
	on_a_then_read_only(about);
	protect(about, BOTH);
}

static void on_a_then_no_access(struct brought_about *about)
{
	on_a(about);
	protect(about, PROGRAM_NONE);
}

static void on_a_shared(struct brought_about *about)
{
	on_a(about);
	about->child = program_fork(about->program);
}

static void on_a_shared_before(struct brought_about *about)
{
	on_a_shared(about);
	end_child(about);
}

static void on_a_copied_by_child(struct brought_about *about)
{
	on_a_shared(about);
	fill_pages(about->child, about->addr, 1, 8);
}

static void on_a_referred_to(struct brought_about *about)
{
	on_a(about);
	program_ioctl(about->program, about->device, CONFORMANCE_GET, NULL);
}

static void put(struct brought_about *about)
{
	program_ioctl(about->program, about->device, CONFORMANCE_PUT, NULL);
}

static void back_from_a(struct brought_about *about)
{
	on_a(about);
	read_page(about->program, about->addr);
}

static void back_from_a_by_store(struct brought_about *about)
{
	on_a(about);
	fill_pages(about->program, about->addr, 1, 8);
}

static void on_c(struct brought_about *about)
{
	written(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_C);
}

static void made_on_c(struct brought_about *about)
{
	untouched(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_C);
}

static void on_c_written(struct brought_about *about)
{
	on_c(about);
	fill_pages(about->program, about->addr, 1, 9);
}

static void on_c_then_read_only(struct brought_about *about)
{
	on_c(about);
	protect(about, PROGRAM_READ);
}

static void on_c_shared(struct brought_about *about)
{
	on_c(about);
	about->child = program_fork(about->program);
}

static void on_c_copied_by_child(struct brought_about *about)
{
	on_c_shared(about);
	fill_pages(about->child, about->addr, 1, 8);
}

static void on_c_pinned(struct brought_about *about)
{
	on_c(about);
	program_pin(about->program, about->addr);
}

const struct state device_states[] = {
	{ "on device A", on_a, NULL, 0 },
	{ "on device B", on_b, NULL, 0 },
	{ "made on device A", made_on_a, NULL, 0 },
	{ "on device A, read-only", on_a_read_only, NULL, 0 },
	{ "on device A, then read-only", on_a_then_read_only, NULL, 0 },
	{ "on device A, read-only, writable again", on_a_writable_again, NULL, 0 },
	{ "on device A, then no access", on_a_then_no_access, NULL, 0 },
	{ "on device A, shared with a child", on_a_shared, NULL, 0 },
	{ "on device A, shared with a child that ended", on_a_shared_before, NULL, 0 },
	{ "on device A, shared with a child that wrote", on_a_copied_by_child, NULL, 0 },
	{ "on device A, referred to", on_a_referred_to, put, 0 },
	{ "back from device A", back_from_a, NULL, 0 },
	{ "back from device A for a store", back_from_a_by_store, NULL, 0 },
	{ "on device C", on_c, NULL, COHERENT },
	{ "made on device C", made_on_c, NULL, COHERENT },
	{ "on device C, written there", on_c_written, NULL, COHERENT },
	{ "on device C, then read-only", on_c_then_read_only, NULL, COHERENT },
	{ "on device C, shared with a child", on_c_shared, NULL, COHERENT },
	{ "on device C, shared with a child that wrote", on_c_copied_by_child, NULL, COHERENT },
	{ "on device C, referred to", on_c_pinned, unpin, COHERENT },
};

const size_t nr_device_states = sizeof(device_states) / sizeof(device_states[0]);
