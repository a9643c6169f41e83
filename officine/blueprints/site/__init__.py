"""What belongs to the whole site: its manifest, icons, share pictures and the choice of theme."""
