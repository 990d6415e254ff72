"""The finance staff's workplace for funds, applications, loans and payments, inside the Wagtail admin."""
