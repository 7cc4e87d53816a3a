"""`newsloom up`: Prefect server, worker, deployments and dashboard, in one foreground command.

Nothing here imports Prefect: the supervisor stays small and quick, and it talks to the server as
any other client would, over HTTP.
"""

from flows.up.supervisor import up
from flows.up.table import Whereabouts

__all__ = ["Whereabouts", "up"]
