#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Large files, and files of a kind that nobody writes: each command ends, in bounded memory, and says
# what it made of them.  The limits are far above what is needed, and about the real program without
# sanitizers, which take memory of their own.

. "$(dirname "$0")/lib.sh"

real=${PLAIN_MIGRATE_VMA:-$here/../../build/bin/migrate-vma}
[ -x "$real" ] || {
	echo "Bail out! $real is not built: make build/bin/migrate-vma"
	exit 1
}

# KiB of address space and seconds, libclang included
memory=3000000
seconds=300

# bounded STATUS ARGUMENT...: as expect_status, and neither signal nor limit ends it
bounded()
{
	wanted=$1
	shift
	timeout -k 5 "$seconds" sh -c "ulimit -v $memory; exec \"\$@\"" sh "$real" "$@" \
		>"$scratch/out" 2>"$scratch/err"
	status=$?
	[ "$status" -eq "$wanted" ] && return
	echo "migrate-vma $* ended with status $status, expected $wanted (124: after $seconds s;" \
		"134: out of $memory KiB; 139: a crash), and said:"
	tail -n 5 "$scratch/err" | cut -c 1-200
	exit 1
}

# each_command FILE STATUS CALLS: port makes of its calls what it should, and nothing stops the others;
# what port said is in said
each_command()
{
	bounded "$2" port --target=6.1 "$1"
	mv "$scratch/err" "$scratch/said"
	expect_match 'the last line of port' "$3 in 1 file ported to 6.1*" "$(tail -n 1 "$scratch/said")"
	bounded 1 check "$1"
	bounded 0 list "$1"
}

repeat()
{
	awk -v count="$1" -v text="$2" 'BEGIN { while (count-- > 0) printf "%s", text }'
}

callbacks()
{
	cat <<'EOF'
static void bee_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			       unsigned long *dst, unsigned long start, unsigned long end,
			       void *private)
{
	*dst = bee_page(*src) | MIGRATE_PFN_LOCKED;
}

static void bee_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				 const unsigned long *dst, unsigned long start,
				 unsigned long end, void *private)
{
}

static const struct migrate_vma_ops bee_ops = {
	.alloc_and_copy		= bee_alloc_and_copy,
	.finalize_and_map	= bee_finalize_and_map,
};

/* from device memory */
EOF
}

# move NUMBER [STATEMENT]: a function with a call behind a statement
move()
{
	cat <<EOF
static int bee_move$1(struct vm_area_struct *vma, unsigned long start, unsigned long *words, int a)
{
	$2
	/* to device memory */
	return migrate_vma(&bee_ops, vma, start, start + PAGE_SIZE, words, words + 1, NULL);
}

EOF
}

# A pagemap, so that its owner is known.
pagemap()
{
	cat <<'EOF'
static struct dev_pagemap bee_pagemap = { .type = MEMORY_DEVICE_PRIVATE };
EOF
}

test_a_hundred_thousand_functions()
{
	{
		awk 'BEGIN { for (i = 0; i < 100000; i++)
			printf "static int f%d(int a)\n{\n\treturn a + %d;\n}\n\n", i, i }'
		callbacks
		move 0
		pagemap
	} >"$scratch/a.c"
	each_command "$scratch/a.c" 0 '1 of 1 call'
}

test_two_thousand_calls()
{
	{
		callbacks
		move NUMBER >"$scratch/one"
		awk '{ all = all $0 "\n" }
			END { for (i = 0; i < 2000; i++) {
				text = all
				sub(/NUMBER/, i, text)
				printf "%s", text } }' "$scratch/one"
		pagemap
	} >"$scratch/a.c"
	each_command "$scratch/a.c" 0 '2000 of 2000 calls'
}

test_a_hundred_thousand_brackets()
{
	{
		callbacks
		move 0
		pagemap
		echo "int deep = $(repeat 100000 '(')1$(repeat 100000 ')');"
	} >"$scratch/a.c"
	each_command "$scratch/a.c" 0 '1 of 1 call'
}

test_brackets_around_an_argument()
{
	{
		callbacks
		move 0 | sed "s/vma, start,/vma, $(repeat 20000 '(')start$(repeat 20000 ')'),/"
		pagemap
	} >"$scratch/a.c"
	each_command "$scratch/a.c" 1 '0 of 1 call'
}

test_twenty_thousand_nested_ifs_of_the_preprocessor()
{
	{
		callbacks
		move 0
		pagemap
		awk 'BEGIN { for (i = 0; i < 20000; i++) print "#ifdef A" i
			print "int a;"
			for (i = 0; i < 20000; i++) print "#endif" }'
	} >"$scratch/a.c"
	each_command "$scratch/a.c" 0 '1 of 1 call'
}

test_a_macro_that_stands_for_too_many_words()
{
	{
		callbacks
		move 0 M39
		pagemap
		echo '#define M0 a++; a++;'
		awk 'BEGIN { for (i = 1; i < 40; i++) printf "#define M%d M%d M%d\n", i, i - 1, i - 1 }'
	} >"$scratch/a.c"
	each_command "$scratch/a.c" 1 '0 of 1 call'
	expect_match 'message' '*a.c:*: error: the macros here stand for millions of words*' \
		"$(cat "$scratch/said")"
}

# Legal, and more than the compiler's stack holds.
test_statements_that_nest_too_deep_for_the_compiler()
{
	for statement in "a = $(repeat 20000 '~')a;" "$(repeat 20000 'a = ')1;" \
		"if (a) a++; $(repeat 20000 'else if (a) a++; ')" \
		"$(repeat 20000 'if (a) ')a++;" "$(repeat 20000 'for (; a; a++) ')a++;"; do
		{
			callbacks
			move 0 "$statement"
			pagemap
		} >"$scratch/a.c"
		each_command "$scratch/a.c" 1 '0 of 1 call'
		expect_match 'message' '*a.c:*: error: *too deep*' "$(cat "$scratch/said")"
	done
}

test_a_hundred_thousand_statements_in_front_of_a_call()
{
	{
		callbacks
		move 0 "$(repeat 100000 'a++;
')"
		pagemap
	} >"$scratch/a.c"
	each_command "$scratch/a.c" 0 '1 of 1 call'
}

test_five_thousand_callers_in_a_row()
{
	{
		callbacks
		move 0
		awk 'BEGIN { for (i = 1; i < 5000; i++)
			printf "int bee_move%d(void *v, unsigned long s, void *w, int a)\n" \
				"{\n\treturn bee_move%d(v, s, w, a);\n}\n\n", i, i - 1 }'
		pagemap
	} >"$scratch/a.c"
	each_command "$scratch/a.c" 0 '1 of 1 call'
}

test_lines_of_megabytes()
{
	{
		callbacks
		move 0
		pagemap
		echo "/* $(repeat 200000 'migrate_vma(a); ')*/"
		echo "const char text[] = \"$(repeat 3000000 x)\";"
	} >"$scratch/a.c"
	each_command "$scratch/a.c" 0 '1 of 1 call'
}

test_macros_that_name_each_other()
{
	{
		callbacks
		move 0
		pagemap
		echo '#define start end'
		echo '#define end start'
		awk 'BEGIN { for (i = 0; i < 20000; i++) printf "#define D%d D%d + 1\n", i, i + 1 }'
	} >"$scratch/a.c"
	each_command "$scratch/a.c" 0 '1 of 1 call'
}

test_ten_thousand_files()
{
	mkdir "$scratch/tree"
	awk -v folder="$scratch/tree" 'BEGIN { for (i = 0; i < 10000; i++) {
		file = folder "/f" i ".c"
		printf "int f%d(void);\n", i >file
		close(file) } }'
	{
		callbacks
		move 0
		pagemap
	} >"$scratch/tree/a.c"
	bounded 0 port --target=6.1 "$scratch/tree"
	expect_match 'the last line' '*1 of 1 call in 1 file ported to 6.1*' "$(tail -n 1 "$scratch/err")"
}

run_tests "$@"
