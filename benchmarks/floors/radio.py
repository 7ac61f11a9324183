"""One radio button group and a text: the smallest page that answers."""

import streamlit as st

chosen = st.radio("Pilihan", [f"Pilihan {number}" for number in range(1, 21)])
st.write(f"Dipilih: {chosen}")
