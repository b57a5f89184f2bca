# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# How programs with sanitizers are run by tests; for tests/run and for scripts.
#
# LeakSanitizer takes a library's thread-local memory that begins 16 bytes into a page for that
# of an old C library, takes what stands before it for its place, and crashes when it looks there
# ("Tracer caught signal 11").  With libclang that was one of some hundred runs.
ASAN_OPTIONS=intercept_tls_get_addr=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}
export ASAN_OPTIONS
