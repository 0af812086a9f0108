"""Shiprocket, who books couriers. Sources: apidocs.shiprocket.in, and what integrations of it have met.

It has no sandbox of its own: valid credentials act on live parcels, and cost money.
"""
