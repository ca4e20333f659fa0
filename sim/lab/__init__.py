"""The lab: a web app to explore scenarios, and to teach negotiation with a seat at the table.

All play is plain Python (`sim.lab.session`) on the same talks as everything else; only `sim.lab.pages` knows the
browser. It needs the extra `lab`.
"""
