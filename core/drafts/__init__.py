"""What is written bit by bit before it is handed in, in several windows or by several people of a business.

Every part counts its saves (``marks``), and a window says which of them it has seen. The last save of a
field wins, and whoever overwrote something is shown what; nobody hands in what they have not seen.
"""
