"""Alerts: which incidents are to be told, in what words, and to whom.

outgoing, silent = plan(incidents, mutes, now)
Post(settings.health.notify, os.environ).deliver(message(outgoing[0], sender, now))
"""

from tasks.alerts.message import Message, Sender, message, trial
from tasks.alerts.plan import Outgoing, plan
from tasks.alerts.post import Delivery, Post

__all__ = ["Delivery", "Message", "Outgoing", "Post", "Sender", "message", "plan", "trial"]
