"""Buku angka: one figure of a closing, as it was when its slide was made."""

from literasi.ui import ledger, shell

shell.header("number")
code = ledger.choose()
if code:
    ledger.show(code)
else:
    ledger.say_how()
