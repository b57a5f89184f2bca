# SPDX-License-Identifier: GPL-2.0-only
"""What the semantic patches of this folder need beside rules.

spatch matches and changes code.  These modules weigh what it matched, for all files of a
driver together, before anything is changed: whether every use of the old API was understood,
which way a call moves pages, whose memory it is, what names are free.
"""
