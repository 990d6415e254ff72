"""The staff's workplace for calls, applications, evaluation and selection, inside the Wagtail admin."""
