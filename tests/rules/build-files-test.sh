#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# `migrate-vma check` on the files that say when a driver is built.  Environment: MIGRATE_VMA, the
# program.

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

# driver: a folder with a driver in three steps, which is fine by itself
driver()
{
	mkdir "$scratch/driver"
	cp examples/cpu-fault/three-step.c "$scratch/driver"
}

test_a_driver_that_is_built_with_an_option_that_is_gone_is_found()
{
	driver
	cat >"$scratch/driver/Makefile" <<-'END'
		obj-$(CONFIG_MIGRATE_VMA_HELPER) += three-step.o
	END
	expect_status 1 "$MIGRATE_VMA" check "$scratch/driver"
	expect_match "the finding" "*driver/Makefile:1:14: error: *[[]dead-guard]*" "$output"
}

test_an_entry_that_depends_on_an_option_that_is_gone_is_found()
{
	driver
	cat >"$scratch/driver/Kconfig" <<-'END'
		config CARD
			tristate "Card"
			depends on PCI && MIGRATE_VMA_HELPER
	END
	expect_status 1 "$MIGRATE_VMA" check "$scratch/driver"
	expect_match "the finding" "*driver/Kconfig:3:19: error: *[[]dead-guard]*" "$output"
}

test_a_makefile_for_old_and_new_kernels_is_fine()
{
	driver
	cat >"$scratch/driver/Makefile" <<-'END'
		obj-$(CONFIG_MIGRATE_VMA_HELPER) += callback.o
		obj-$(CONFIG_DEVICE_PRIVATE) += three-step.o
	END
	expect_status 0 "$MIGRATE_VMA" check "$scratch/driver"
}

test_the_text_of_an_entry_is_no_code()
{
	driver
	cat >"$scratch/driver/Kconfig" <<-'END'
		config CARD
			tristate "Card"
			depends on DEVICE_PRIVATE
			help
			  Pages move with migrate_vma_setup() where they moved with migrate_vma().
			  It's the successor; don't turn MIGRATE_VMA_HELPER on.
	END
	expect_status 0 "$MIGRATE_VMA" check "$scratch/driver"
}

run_tests "$@"
