# SPDX-License-Identifier: GPL-2.0-only
#
# Sphinx configuration.  `make docs` calls Sphinx; the warnings it must not have
# are all there are (-W -n).

import os
import sys

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(root, 'docs', 'extensions'))

project = 'migrate_vma'
author = 'the authors of the migrate_vma development kit'
copyright = author
version = release = os.environ.get('DOCS_VERSION', '')

extensions = [
    'kernel_doc',
    'manual_page',
    'c_names',
    'run_command',
    'rules',
    'side_by_side',
    'code_blocks',
    'commits',
    'public_names',
    'environment',
    'search_index',
    'html_links',
    'man_ascii',
    'pictures',
]

root_doc = 'index'
exclude_patterns = ['snippets', 'man', 'extensions', 'theme']
nitpicky = True
primary_domain = 'c'
highlight_language = 'none'
c_maximum_signature_line_length = 80

# Where the other parts of the project are, for the extensions.
project_root = root
project_build = os.environ.get('DOCS_BUILD', os.path.join(root, 'build'))

# Headers whose comments are in the reference, all of them.
kernel_doc_headers = [
    'api/include/linux/*.h',
    'api/include/*.h',
    'api/compat/*.h',
    'examples/*.h',
]

# Signatures use many types that are not this project's to document.  Names of its own have one of
# these beginnings, and must be found.
own_names = ('migrate', 'MIGRATE', 'machine', 'hmm_', 'mmu_', 'zone_device', 'device_memory',
             'dev_pagemap')
nitpick_ignore_regex = [
    ('c:type', 'iomem_resource'),
    (r'c:identifier', r'(?!(%s))\w+' % '|'.join(own_names)),
    (r'c:identifier', r'mmu_notifier|mmu_interval_notifier|dev_pagemap_flags'),
]

html_theme = 'theme'
html_theme_path = ['.']
html_title = 'migrate_vma'
html_copy_source = True
html_sourcelink_suffix = ''
html_show_sourcelink = True
# DOCS_EDIT_URL is where the folder docs/ can be edited, for who puts the pages on a server.
html_context = {'edit_url': os.environ.get('DOCS_EDIT_URL', '')}

# One manual page for each page of reference/functions/.
man_pages = []
for page in sorted(os.listdir(os.path.join(root, 'docs', 'reference', 'functions'))
                   if os.path.isdir(os.path.join(root, 'docs', 'reference', 'functions')) else []):
    name = page[:-len('.rst')]
    if page.endswith('.rst') and name != 'index':
        with open(os.path.join(root, 'docs', 'reference', 'functions', page)) as file:
            summary = next(line[len('.. summary: '):].strip()
                           for line in file if line.startswith('.. summary: '))
        # The kernel's calls, and those of a scenario.
        section = '3' if name.startswith(('program_', 'machine_')) else '9'
        man_pages.append(('reference/functions/' + name, name, summary, '', section))

# Headers all of whose names must be documented.  Those of the environment, which other headers
# offer, are in a table: see environment.py.
public_headers = [
    'api/include/linux/migrate.h',
    'api/include/linux/memremap.h',
    'api/include/linux/mmu_notifier.h',
    'api/include/linux/hmm.h',
    'api/include/linux/rmap.h',
    'api/include/program.h',
    'api/compat/migrate_vma_compat.h',
    'examples/device-memory.h',
]
# What those two need for themselves; the last two stand in for functions of later kernels.
private_names = (r'migrate_vma_compat(_|$)|device_memory_(alloc_backing|free_backing|map|unmap|'
                 r'request_region|release_region|set_range)$|mmap_read_(un)?lock$')
