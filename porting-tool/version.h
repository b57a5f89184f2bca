/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_VERSION_H
#define MIGRATE_VMA_VERSION_H

#define MIGRATE_VMA_VERSION "0.1.0"

#endif
