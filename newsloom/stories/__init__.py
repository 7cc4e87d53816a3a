"""Stories: which articles report the same event, in whatever words.

link(new, stored, ...)          PROFILE x PROFILE -> EDGE: scored pairs
reach(touched, ...)             the articles whose stories can change with these
clusters(profiles, edges, ...)  average linkage inside each component of the pairs that join
assign, history                 which story a cluster is, and what became of the former ones
explain(a, b)                   why, or why not
"""

from newsloom.scoring import EDGE, EVIDENCE, Shared
from newsloom.stories.cluster import Cluster, clusters
from newsloom.stories.evidence import Wording, evidence, wording
from newsloom.stories.explain import Margins, Verdict, explain, mean_margin
from newsloom.stories.identity import Happening, assign, history
from newsloom.stories.link import link
from newsloom.stories.model import Model, load
from newsloom.stories.profiles import PROFILE
from newsloom.stories.reach import Part, reach

__all__ = [
    "EDGE", "EVIDENCE", "PROFILE", "Cluster", "Happening", "Margins", "Model", "Part", "Shared",
    "Verdict", "Wording", "assign", "clusters", "evidence", "explain", "history", "link", "load",
    "mean_margin", "reach", "wording",
]  # fmt: skip
