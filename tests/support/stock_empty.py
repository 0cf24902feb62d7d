"""The yardstick for a first visit: a page of Streamlit with one line of text.

Not imported: `streamlit run` runs it.
"""

import streamlit as st

st.text("Stock")
