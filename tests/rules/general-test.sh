#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What `migrate-vma port` does about the rest of a driver, where more than one expression changes:
# the removal of a platform device, and files in /proc.
#
# Environment:
#	MIGRATE_VMA	the program

# shellcheck source=tests/runner/tap.sh
. tests/runner/tap.sh

# port TARGET: port the driver on standard input; $output is its text then, $messages what was said
port()
{
	{
		echo '#include <linux/migrate.h>'
		cat
	} >"$scratch/driver.c"
	cp "$scratch/driver.c" "$scratch/before.c"
	messages=$("$MIGRATE_VMA" port -i -q --target="$1" "$scratch/driver.c" 2>&1)
	output=$(cat "$scratch/driver.c")
}

changed()
{
	diff "$scratch/before.c" "$scratch/driver.c" | sed -n 's/^> [[:blank:]]*//p'
}

expect_unchanged()
{
	expect_equal "the driver" "$(cat "$scratch/before.c")" "$output"
}

# removal STATEMENTS: a platform driver whose remove() has these
removal()
{
	cat <<-END
		static int foo_remove(struct platform_device *device);
		static struct platform_driver foo_driver = {
			.probe	= foo_probe,
			.remove	= foo_remove,
		};
		static int foo_remove(struct platform_device *device)
		{
			$1
		}
	END
}

test_remove_returns_nothing_since_6_11()
{
	removal 'if (!foo_is_there(device))
		return 0;
	foo_stop(device);

	return 0;' >"$scratch/in"
	port 6.11 <"$scratch/in"
	expect_equal "what is new" "static void foo_remove(struct platform_device *device);
static void foo_remove(struct platform_device *device)
return;" "$(changed)"
	expect_equal "messages" "" "$messages"
	port 6.10 <"$scratch/in"
	expect_unchanged
}

test_remove_that_returns_an_error_is_left()
{
	removal 'return foo_stop(device);' >"$scratch/in"
	port 6.11 <"$scratch/in"
	expect_unchanged
	expect_match "messages" "*returns nothing since 6.11: let foo_remove() return nothing*" "$messages"
}

test_remove_of_another_bus_stays()
{
	removal 'return 0;' | sed 's/platform_driver/usb_driver/' >"$scratch/in"
	port 6.11 <"$scratch/in"
	expect_unchanged
	expect_equal "messages" "" "$messages"
}

# proc_file MEMBERS: operations with these, and a file in /proc that has them
proc_file()
{
	cat <<-END
		static const struct file_operations foo_operations = {
			$1
		};
		static void foo_show_all(void)
		{
			proc_create("foo", 0444, NULL, &foo_operations);
		}
	END
}

test_file_in_proc_has_operations_of_its_own_since_5_6()
{
	proc_file '.owner		= THIS_MODULE,
	.open		= foo_open,
	.read		= seq_read,
	.llseek		= seq_lseek,
	.release	= single_release,' >"$scratch/in"
	port 5.6 <"$scratch/in"
	expect_equal "what is new" "static const struct proc_ops foo_operations = {
.proc_open		= foo_open,
.proc_read		= seq_read,
.proc_lseek		= seq_lseek,
.proc_release	= single_release," "$(changed)"
	expect_equal "messages" "" "$messages"
	sed 1d "$scratch/driver.c" >"$scratch/ported"
	port 5.6 <"$scratch/ported"
	expect_unchanged
	port 5.5 <"$scratch/in"
	expect_unchanged
}

test_operations_of_another_file_as_well_are_left()
{
	{
		proc_file '.open = foo_open,'
		echo 'static struct miscdevice foo_misc = { .fops = &foo_operations };'
	} >"$scratch/in"
	port 5.6 <"$scratch/in"
	expect_unchanged
	expect_match "messages" "*a struct proc_ops since 5.6*" "$messages"
}

test_operation_that_proc_does_not_have_is_left()
{
	proc_file '.open = foo_open, .fasync = foo_fasync,' >"$scratch/in"
	port 5.6 <"$scratch/in"
	expect_unchanged
	expect_match "messages" "*a struct proc_ops since 5.6*" "$messages"
}

test_shrinkers_are_named()
{
	printf 'static int foo_init(void)\n{\n\treturn register_shrinker(&foo_shrinker);\n}\n' >"$scratch/in"
	port 6.7 <"$scratch/in"
	expect_match "messages" "*shrinker_alloc()*" "$messages"
}

run_tests "$@"
