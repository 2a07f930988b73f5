"""What the server asks of its worker processes, and the names of what they leave.

Apart from `work`, so that the server does not load the libraries that read documents.
"""

from __future__ import annotations

CONVERTER = "pipeline.web.work:convert_for_review"
PAGE_WORKER = "pipeline.web.work:serve_page"
WORDS, SIZES, PICTURE = "words.json.gz", "sizes.json", "page.png"
