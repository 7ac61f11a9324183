"""Entry of the dashboard: page configuration, navigation, run."""

import streamlit as st

from literasi.ui import shell

shell.configure()
shell.run(st.navigation(shell.pages(), expanded=True))
