"""Documents that people read: one content, as a page (HTML) and as paper (PDF)."""
