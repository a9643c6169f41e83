"""Making interviews: stages, questions with the guest, the release, texts and translations, and
publication.
"""
