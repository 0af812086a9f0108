"""`python -m adapters.http.openapi > docs/openapi.json` writes the committed copy."""

from __future__ import annotations

import sys

from adapters.http.openapi.document import openapi_text

if __name__ == "__main__":
    sys.stdout.write(openapi_text())
