/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_VERSION_H
#define MIGRATE_VMA_VERSION_H

#define MIGRATE_VMA_VERSION "0.1.0"

/* Where the page of rules can be read, for code scanning services: make RULES_URI=https://... */
#ifndef MIGRATE_VMA_RULES_URI
#define MIGRATE_VMA_RULES_URI ""
#endif

#endif
