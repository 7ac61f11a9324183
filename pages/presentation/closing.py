"""Penutupan: the closing of one event as slides that need no network."""

from literasi.ui import closing, pack, shell

shell.header("closing")
event = closing.choose_event()
if event is not None:
    deck = closing.deck(event)
    closing.say_what(deck)
    closing.show_slides(deck)
    closing.show_narrative(deck)
    pack.offer(deck)
