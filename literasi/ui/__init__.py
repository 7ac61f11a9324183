"""What Streamlit shows: shell, filters, charts, cards, tables. The only package that imports streamlit."""
