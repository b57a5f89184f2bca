/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * trial.h - one generated driver is ported, and everything that has to hold is looked at.
 */
#ifndef GENERATED_TRIAL_H
#define GENERATED_TRIAL_H

#include <stdio.h>

#include "choices.h"

/**
 * struct setting - what is done to every driver
 * @spoil: NULL, or a script for sed that makes a mistake in every port
 */
struct setting {
	const char *spoil;
};

/* What a trial can find. */
enum outcome {
	OUTCOME_GOOD,
	OUTCOME_REFUSED,	/* the port was refused, for a reason that is documented */
	OUTCOME_GENERATOR,	/* the driver itself is wrong: a defect of the generator */
	OUTCOME_PORT,		/* the port was refused, or the tool failed */
	OUTCOME_COMPILE,	/* the port does not compile, or with warnings */
	OUTCOME_TRACE,		/* the port behaves differently */
	OUTCOME_AGAIN,		/* porting the port changes it */
	OUTCOME_MARKS,		/* text that has nothing to do with the port has changed */
	OUTCOME_CHECK,		/* migrate-vma check finds something in the port */
};

/* What an outcome is called in messages. */
const char *outcome_name(enum outcome outcome);

/**
 * trial_target() - the release a seed is ported to
 * @seed: the seed
 *
 * Return: a release, each in its turn.
 */
const char *trial_target(unsigned long long seed);

/** trial_targets() - how many releases there are: so many seeds in a row go to one each. */
unsigned int trial_targets(void);

/**
 * trial() - generate, port, compare
 * @setting: what is done to every driver
 * @choices: seed and options that are off; options taken are counted
 * @target: the release to port to
 * @folder: an empty folder for files, left as they are
 * @said: what there is to say about a failure goes here, or NULL
 *
 * Return: the first that does not hold.
 */
enum outcome trial(const struct setting *setting, struct choices *choices, const char *target,
		   const char *folder, FILE *said);

#endif /* GENERATED_TRIAL_H */
