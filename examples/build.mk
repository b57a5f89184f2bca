# SPDX-License-Identifier: GPL-2.0-only
#
# The example drivers.  One is a folder with
#
#	callback.c	the driver for Linux up to 5.3
#	three-step.c	the same for the newest release
#	*-ioctl.h	what a program says to it
#	device-range.c	in one of them: three-step.c, carried on by hand for 6.1 and later
#
# To add one: its name here, its scenario in tests/proof/NAME.c with what the
# hand-written driver needs on older releases in tests/proof/older/, and its page
# docs/examples/NAME.rst.

EXAMPLES := cpu-fault chunked-to-device device-fault evict contiguous async-copy
