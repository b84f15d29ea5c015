"""Long work in the background: begun by a page, followed and stopped there."""
