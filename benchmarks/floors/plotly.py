"""One radio button group and one line of twelve points: the smallest page with a chart that changes."""

import plotly.graph_objects as go
import streamlit as st

chosen = st.radio("Pilihan", [f"Pilihan {number}" for number in range(1, 21)])
step = int(chosen.split()[1])
st.plotly_chart(go.Figure(go.Scatter(x=list(range(1, 13)), y=[(month * step) % 17 for month in range(12)])))
