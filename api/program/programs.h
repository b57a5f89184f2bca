/* SPDX-License-Identifier: GPL-2.0-only */
/* programs.h - what the machine does with all its programs at once */
#ifndef API_PROGRAMS_H
#define API_PROGRAMS_H

void programs_exit_all(void);
void programs_forget_pins(void);

#endif
