"""What the editorial desk tells the public of its work: the log of moderation, the transparency
report, the statements of reasons for the European Commission; and the desk’s own figures.
"""
