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
    'public_names',
    'environment',
    'html_links',
    'man_ascii',
]
if not os.environ.get('DOCS_PLAIN'):
    extensions.append('sphinx_copybutton')

root_doc = 'index'
exclude_patterns = ['snippets', 'man', 'extensions']
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

html_theme = 'furo'
html_title = 'migrate_vma'
# Debian's furo is dark where a reader chooses that, but for a system that is dark it only has the
# colours of code; with these a page is dark as a whole.
html_theme_options = {
    'dark_css_variables': {
        'color-foreground-primary': '#d8d8d8',
        'color-foreground-secondary': '#a4a8ac',
        'color-foreground-muted': '#888c90',
        'color-foreground-border': '#666666',
        'color-background-primary': '#16181a',
        'color-background-secondary': '#1c1f21',
        'color-background-hover': '#25292c',
        'color-background-hover--transparent': '#25292c00',
        'color-background-border': '#363a3d',
        'color-background-item': '#444444',
        'color-brand-primary': '#4f9ff0',
        'color-brand-content': '#4f9ff0',
        'color-highlighted-background': '#0a3a68',
        'color-highlight-on-target': '#333300',
        'color-api-keyword': '#a4a8ac',
        'color-admonition-background': '#1b1c1e',
    },
}
html_static_path = ['static']
html_css_files = ['wide.css']
html_show_sourcelink = False
html_show_sphinx = False
html_copy_source = False
copybutton_prompt_text = '$ '
copybutton_line_continuation_character = '\\'
copybutton_only_copy_prompt_lines = True
copybutton_remove_prompts = True

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
