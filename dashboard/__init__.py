"""The web page of ingest health and of the news, read-only, made on the server.

    app = create_app(folder, settings)      an ASGI application (Starlette)
    serve(folder, settings, host, port)     the same, served until Ctrl-C

How a page comes about:

- `snapshot.py` keeps one published file in memory: the views that pages ask for, worked out once.
  When a new file was published it is read in the background; requests never wait for it.
- A **figure** (`figures.py`) is a question to the snapshot with its answer: the SQL
  (queries/NAME.sql), the
  rows, how the columns are shown. A function in `pages/` marked `@figure("name")` returns one.
  The same function serves the page, /data/NAME.csv and /data/NAME.json, and, where a function
  marked `@chart("name")` draws it, the picture /chart/NAME.svg. The SQL shown is the SQL that ran.
- A **page** (`pages/`, marked `@page("/path", ...)`) puts figures into a template of `templates/`.
"""

from dashboard.app import create_app, guarded
from dashboard.server import serve

__all__ = ["create_app", "guarded", "serve"]
