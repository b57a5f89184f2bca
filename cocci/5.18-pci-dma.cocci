// SPDX-License-Identifier: GPL-2.0-only
/// The wrappers of <linux/pci-dma-compat.h> are gone since Linux 5.18; what they called is
/// right for every release.
///
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: PCI_DMA_BIDIRECTIONAL, PCI_DMA_TODEVICE, PCI_DMA_FROMDEVICE, PCI_DMA_NONE, pci_map_page, pci_unmap_page, pci_map_single, pci_unmap_single, pci_map_sg, pci_unmap_sg, pci_dma_mapping_error, pci_set_dma_mask, pci_set_consistent_dma_mask, pci_alloc_consistent, pci_zalloc_consistent, pci_free_consistent
// Gone: PCI_DMA_BIDIRECTIONAL PCI_DMA_TODEVICE PCI_DMA_FROMDEVICE pci_map_page pci_map_single pci_set_dma_mask
// Requires: 1.1.1

virtual patch
virtual context
virtual org
virtual report

@depends on !context && !org && !report@
@@
(
- PCI_DMA_BIDIRECTIONAL
+ DMA_BIDIRECTIONAL
|
- PCI_DMA_TODEVICE
+ DMA_TO_DEVICE
|
- PCI_DMA_FROMDEVICE
+ DMA_FROM_DEVICE
|
- PCI_DMA_NONE
+ DMA_NONE
)

@depends on !context && !org && !report@
expression D;
expression list EL;
@@
(
- pci_map_page(D, EL)
+ dma_map_page(&D->dev, EL)
|
- pci_unmap_page(D, EL)
+ dma_unmap_page(&D->dev, EL)
|
- pci_map_single(D, EL)
+ dma_map_single(&D->dev, EL)
|
- pci_unmap_single(D, EL)
+ dma_unmap_single(&D->dev, EL)
|
- pci_map_sg(D, EL)
+ dma_map_sg(&D->dev, EL)
|
- pci_unmap_sg(D, EL)
+ dma_unmap_sg(&D->dev, EL)
|
- pci_dma_mapping_error(D, EL)
+ dma_mapping_error(&D->dev, EL)
|
- pci_set_dma_mask(D, EL)
+ dma_set_mask(&D->dev, EL)
|
- pci_set_consistent_dma_mask(D, EL)
+ dma_set_coherent_mask(&D->dev, EL)
)

// What is left, or in the other modes what there is.
@found@
identifier f = {pci_map_page, pci_unmap_page, pci_map_single, pci_unmap_single, pci_map_sg, pci_unmap_sg, pci_dma_mapping_error, pci_set_dma_mask, pci_set_consistent_dma_mask, pci_alloc_consistent, pci_zalloc_consistent, pci_free_consistent};
position p;
@@
f@p(...)

@depends on context@
identifier f = {pci_map_page, pci_unmap_page, pci_map_single, pci_unmap_single, pci_map_sg, pci_unmap_sg, pci_dma_mapping_error, pci_set_dma_mask, pci_set_consistent_dma_mask, pci_alloc_consistent, pci_zalloc_consistent, pci_free_consistent};
position found.p;
@@
* f@p(...)

@script:python depends on !org && !context@
p << found.p;
@@
p[0].file = cocci.files()[0]
coccilib.report.print_report(p[0], "pci-dma-compat.h is gone since Linux 5.18")

@script:python depends on org@
p << found.p;
@@
coccilib.org.print_todo(p[0], "pci-dma-compat.h is gone since Linux 5.18")
