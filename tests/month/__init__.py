"""A month of news from hundreds of sites, lived through in minutes on an injected clock.

world.py   what is published, edited and broken when: decided by a seed, before anything runs
site.py    a web server on loopback that shows the world as it is at the present moment
ticking.py the clock that moves when somebody waits, and not otherwise
"""
