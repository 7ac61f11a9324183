"""Measurements of the dashboard beside an empty Streamlit page; how to run them is in README.md."""
