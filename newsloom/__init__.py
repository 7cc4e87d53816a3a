"""The craft of Newsloom: one plain function a stage, over Arrow tables.

Nothing here knows about the orchestrator or the storage, so every stage runs in a bare worker
process, in a notebook and in a test.
"""

__version__ = "0.1.0"
