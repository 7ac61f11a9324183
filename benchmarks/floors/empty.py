"""The smallest Streamlit page."""

import streamlit as st

st.write("hi")
