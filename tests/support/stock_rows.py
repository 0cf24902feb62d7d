"""The yardstick of the benchmarks: a page of stock Streamlit elements with a table of 40 rows and a few fields, which
reads and computes nothing.

Not imported: `streamlit run` runs it.
"""

import pandas as pd
import streamlit as st

ROWS = 40

st.title("Stock")
st.text(f"{ROWS} rows")
st.selectbox("One of", ["a", "b"])
st.checkbox("Check")
st.dataframe(
    pd.DataFrame(
        {
            "Name": [f"Name {number}" for number in range(ROWS)],
            "Points": range(ROWS),
            "Trend": [[number % 7, number % 5, number % 3] for number in range(ROWS)],
            "Said": ["A sentence as long as a reason is."] * ROWS,
        }
    ),
    column_config={"Trend": st.column_config.LineChartColumn("Trend")},
    on_select="rerun",
    key="rows",
)
st.button("Send")
