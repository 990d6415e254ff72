"""Cases of the district's two funds, worked by hand and readable as tables. Amounts are whole won.

Unless a case says otherwise: actual/actual with 366 in leap years, interest down to the won, due dates moved to the
next working day with interest staying, allocation by 민법 479.
"""
