"""How things look, as far as it needs Python: ridge lines, form fields, moments in words."""
