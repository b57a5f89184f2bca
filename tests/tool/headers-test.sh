#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# -p and --: the result of a port is read with the headers that the user names,
# by the paths that mean something where the command is run.

# shellcheck source=tests/tool/lib.sh
. "$(dirname "$0")/lib.sh"

# This is about what the port itself does: no stand-in.
program=${PORTING_MIGRATE_VMA:-$here/../../build/asan/bin/migrate-vma}

# A kernel of which there is just enough, and a driver in a folder of its own.
make_driver()
{
	cd "$scratch" || exit
	mkdir -p kernel/linux unit/include build
	cat >kernel/linux/migrate.h <<-'end'
		#define PAGE_MASK (~4095UL)
		#define MIGRATE_VMA_SELECT_SYSTEM 1
		#define MIGRATE_VMA_SELECT_DEVICE_PRIVATE 2
		#define MEMORY_DEVICE_PRIVATE 1
		#define NULL ((void *)0)
		struct vm_area_struct;
		struct page;
		struct dev_pagemap { int type; void *owner; };
		struct page *migrate_pfn_to_page(unsigned long mpfn);
		int is_device_private_page(const struct page *page);
		struct migrate_vma {
			struct vm_area_struct *vma;
			unsigned long *dst, *src, cpages, npages, start, end;
		#ifndef WITHOUT_OWNER
			void *pgmap_owner;
		#endif
			unsigned long flags;
		};
		int migrate_vma_setup(struct migrate_vma *args);
		void migrate_vma_pages(struct migrate_vma *args);
		void migrate_vma_finalize(struct migrate_vma *args);
	end
	cat >unit/include/unit.h <<-'end'
		struct unit {
			struct dev_pagemap pagemap;
			int moved;
		};
		unsigned long unit_page(struct unit *unit);
	end
	cat >unit/unit.c <<-'end'
		#include <linux/migrate.h>
		#include "unit.h"

		static struct unit unit;

		static void unit_fill(struct vm_area_struct *vma, const unsigned long *src,
				      unsigned long *dst, unsigned long start, unsigned long end,
				      void *private)
		{
			if (!is_device_private_page(migrate_pfn_to_page(*src)))
				*dst = unit_page(&unit);
		}

		static void unit_done(struct vm_area_struct *vma, const unsigned long *src,
				      const unsigned long *dst, unsigned long start, unsigned long end,
				      void *private)
		{
			unit.moved++;
		}

		static const struct migrate_vma_ops unit_ops = {
			.alloc_and_copy = unit_fill,
			.finalize_and_map = unit_done,
		};

		int unit_move(struct vm_area_struct *vma, unsigned long addr)
		{
			unsigned long src = 0, dst = 0;

			return migrate_vma(&unit_ops, vma, addr & PAGE_MASK, addr + 4096, &src, &dst,
					   NULL);
		}

		void unit_init(void)
		{
			unit.pagemap.type = MEMORY_DEVICE_PRIVATE;
			unit.pagemap.owner = &unit;
		}
	end
	database "${1:-}"
}

# database [WORDS]: with what the driver is compiled in its own folder
database()
{
	cat >build/compile_commands.json <<-end
		[ { "directory": "$scratch/unit", "file": "unit.c",
		    "command": "gcc -nostdinc -I../kernel -I./include $1 -c -o unit.o unit.c" } ]
	end
}

# expect_headers PATTERN COMMAND...: the port is made, and a warning is about the headers
expect_headers()
{
	pattern=$1
	shift
	expect_status 1 "$@"
	expect_match 'messages' "$pattern" "$output"
}

test_macro_of_a_header_through_an_option_keeps_the_parameters()
{
	make_driver
	echo '#define unit_note()	unit_tell(src, end)' >>unit/include/unit.h
	sed -i 's/unit.moved++/unit_note()/' unit/unit.c
	migrate_vma port -i unit/unit.c -- -Iunit/include >output 2>&1 || :
	expect_match 'the driver' '*unit_done(const unsigned long \*src, unsigned long end)*' \
		"$(cat unit/unit.c)"
}

test_paths_of_the_database_are_those_of_its_folder()
{
	make_driver
	expect_status 0 migrate_vma port --target=6.0 -p build unit/unit.c
}

test_the_database_can_be_named_itself()
{
	make_driver
	expect_status 0 migrate_vma port --target=6.0 -p build/compile_commands.json unit/unit.c
}

test_from_the_folder_of_the_driver()
{
	make_driver
	cd unit || exit
	expect_status 0 migrate_vma port --target=6.0 -p ../build unit.c
}

test_from_the_folder_of_the_database()
{
	make_driver
	mv build/compile_commands.json .
	cd / || exit
	expect_status 0 migrate_vma port --target=6.0 -p "$scratch" "$scratch/unit/unit.c"
}

test_headers_that_lack_what_the_port_uses()
{
	make_driver
	sed -i '/pgmap_owner/d' kernel/linux/migrate.h
	expect_headers '*unit.c:*: warning: with the headers given,*pgmap_owner*\[kernel-name\]*' \
		migrate_vma port --target=6.0 -p build unit/unit.c
}

test_an_error_that_the_driver_had_before_is_named_where_it_is()
{
	make_driver
	echo 'void unit_stop(struct page *page) { unit_no_such_function(page); }' >>unit/unit.c
	line=$(wc -l <unit/unit.c)
	expect_headers "*unit.c:$line:1: warning: with the headers given,*unit_no_such_function*\[headers\]*" \
		migrate_vma port --target=6.0 -p build unit/unit.c
}

test_a_header_of_the_driver_is_compiled_as_the_port_leaves_it()
{
	make_driver
	echo 'static inline int unit_busy(struct page *page) { return unit_no_such_function(page); }' \
		>>unit/include/unit.h
	line=$(wc -l <unit/include/unit.h)
	expect_headers "*unit.h:$line:1: warning: with the headers given,*unit_no_such_function*" \
		migrate_vma port --target=6.0 -p build unit/unit.c unit/include/unit.h
	# A function whose parameters the port changes in both.
	make_driver
	echo 'extern const struct migrate_vma_ops unit_ops;' >>unit/include/unit.h
	sed -i 's/^static const struct migrate_vma_ops/const struct migrate_vma_ops/' unit/unit.c
	expect_status 0 migrate_vma port --target=6.0 -p build unit/unit.c unit/include/unit.h
}

test_an_error_about_a_name_of_the_kernel_says_since_when()
{
	make_driver
	sed -i '/fault_page/d' kernel/linux/migrate.h
	echo 'unsigned long unit_last(struct vm_area_struct *vma) { return !vma->vm_next; }' \
		>>unit/unit.c
	expect_headers '*vm_next*up to 6.0*' migrate_vma port --target=6.1 -p build unit/unit.c
}

test_definitions_of_the_database_count()
{
	make_driver -DWITHOUT_OWNER
	expect_headers '*warning: with the headers given,*pgmap_owner*' \
		migrate_vma port --target=6.0 -p build unit/unit.c
}

test_a_file_that_the_database_lacks_is_read_like_its_neighbour()
{
	make_driver
	cp unit/unit.c unit/other.c
	sed -i '/pgmap_owner/d' kernel/linux/migrate.h
	expect_headers '*other.c:*: warning: with the headers given,*pgmap_owner*' \
		migrate_vma port --target=6.0 -p build unit/other.c
}

test_nothing_that_a_compiler_would_write_is_written()
{
	make_driver "'-Wp,-MMD,$scratch/unit/unit.d' -MD -MF '$scratch/unit/other.d' -MT unit"
	expect_status 0 migrate_vma port --target=6.0 -p build unit/unit.c
	expect_equal 'files of the driver' 'include unit.c' "$(echo $(ls unit))"
}

test_options_of_gcc_that_clang_does_not_know_are_no_errors()
{
	make_driver '-fconserve-stack -mrecord-mcount -fno-allow-store-data-races'
	expect_status 0 migrate_vma port --target=6.0 -p build unit/unit.c
}

test_arguments_behind_two_dashes_are_for_clang()
{
	make_driver
	expect_status 0 migrate_vma port --target=6.0 unit/unit.c -- -Ikernel -Iunit/include
}

test_a_driver_from_standard_input()
{
	make_driver
	migrate_vma port --target=6.0 -p build - <unit/unit.c >patch 2>messages ||
		fail "status $?: $(cat messages)"
	expect_match 'the patch' '*migrate_vma_setup*' "$(cat patch)"
}

run_tests "$@"
