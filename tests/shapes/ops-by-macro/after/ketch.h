/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KETCH_H
#define KETCH_H

#endif
