/* SPDX-License-Identifier: GPL-2.0-only */
/* target: 7.2 */
int drv_copy_and_finish(struct drv *drv, struct migrate_vma *args);
