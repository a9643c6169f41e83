"""Calendars as iCalendar says them (RFC 5545, 7986, 5546): written, answered and read. Nothing here
knows a database.
"""
