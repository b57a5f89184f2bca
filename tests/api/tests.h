/* SPDX-License-Identifier: GPL-2.0-only */
/* tests.h - the groups of tests; a test is not called with anything it needs */
#ifndef API_TESTS_H
#define API_TESTS_H

#pragma GCC diagnostic ignored "-Wunused-parameter"

#define TEST_GROUPS(GROUP) \
	GROUP(memory) \
	GROUP(refused) \
	GROUP(setup) \
	GROUP(move) \
	GROUP(fault) \
	GROUP(pointer) \
	GROUP(notifier) \
	GROUP(device_memory) \
	GROUP(swap) \
	GROUP(lock) \
	GROUP(file) \
	GROUP(life) \
	GROUP(huge) \
	GROUP(compound) \
	GROUP(machine) \
	GROUP(failure) \
	GROUP(environment) \
	GROUP(later) \
	GROUP(pci)

#define DECLARE(name) \
	extern const struct CMUnitTest name##_tests[]; \
	extern const size_t name##_test_count;
TEST_GROUPS(DECLARE)
#undef DECLARE

#endif
