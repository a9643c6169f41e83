"""The texts that the team owns: rules, terms, reasons, lists of words, announcements, what it
suggests.
"""
