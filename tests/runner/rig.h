/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rig.h - port, compile and run drivers, many in one go.
 *
 * migrate-vma is a part of the test's program and runs in a process of its own, forked when libclang
 * has been loaded: half of its time on a small driver is that.  A driver is a shared object that is
 * put before a player, the scenario linked once with the reference implementation of a release:
 * linking that for every driver took longer than compiling it.
 *
 * Environment, which tests/runner/build.mk sets:
 *	RIG_COMPILER	command that compiles a driver, with MAJOR and MINOR for the release's
 *			numbers; it runs in the root
 *	RIG_PLAYERS	beginning of the players' names: build/players/shapes-
 *	RIG_SECTIONS	object that shows a driver's sections to the player
 *	RIG_RELEASES	releases that there are players for, in order
 *	MIGRATE_VMA	a program to run instead of the built-in one, or not set
 */
#ifndef RUNNER_RIG_H
#define RUNNER_RIG_H

/** rig_prepare() - read the environment and load libclang; ends the program if something is missing. */
void rig_prepare(void);

/** rig_newest() - the newest release that there is a player for. */
const char *rig_newest(void);

/**
 * rig_player() - the newest release with a player that is not newer than a target
 * @target: release to be ported to
 *
 * Return: memory that stays.
 */
const char *rig_player(const char *target);

/**
 * rig_tool() - run migrate-vma
 * @folder: where; the next two are in there
 * @output: file for what it prints
 * @errors: file for what it reports
 * @argv: its arguments, with a name for the program first
 *
 * Return: its exit status.
 */
int rig_tool(const char *folder, const char *output, const char *errors, char *const *argv);

/**
 * rig_compile() - compile every .c file of a folder and link them
 * @folder: absolute name; .o files and the driver, "driver.so", come to be in FOLDER.built
 * @release: for which release
 * @options: more options for the compiler, NULL at the end
 * @log: file for what compiler and linker say, absolute
 *
 * Return: 0, or the status of what failed.
 */
int rig_compile(const char *folder, const char *release, char *const *options, const char *log);

/**
 * rig_play() - run the scenario with a driver that was compiled
 * @folder: as for rig_compile(); output comes to be in FOLDER.trace and FOLDER.log
 * @release: as for rig_compile()
 * @argument: for the scenario, or NULL
 *
 * Return: its exit status.
 */
int rig_play(const char *folder, const char *release, const char *argument);

#endif /* RUNNER_RIG_H */
