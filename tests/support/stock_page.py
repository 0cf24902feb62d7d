"""A page of stock Streamlit elements. Without Tideline's settings it shows what axe-core finds in Streamlit itself.

Not imported: `streamlit run` runs it.
"""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

st.title("Stock")
st.header("Elements")
st.caption("A caption")
st.text("Some text")
st.text("Some text", help="Some help")
st.badge("A badge", color="blue")
for kind in (st.success, st.info, st.warning, st.error):
    kind("A notice")
st.metric("A number", 3, "1", help="Some help")
st.metric("Trend", 3, chart_data=[1, 2, 3])
frame = pd.DataFrame({"Name": ["a", "b"], "Trend": [[1, 2], [2, 1]]})
st.dataframe(
    frame, column_config={"Trend": st.column_config.LineChartColumn("Trend")}, on_select="rerun", key="frame"
)
st.data_editor(frame[["Name"]], num_rows="fixed", key="editor")
st.table(frame[["Name"]])
st.plotly_chart(
    go.Figure(go.Scatter(x=[1, 2], y=[1, 2])), on_select="rerun", key="chart", alt="A rising line"
)
first, second = st.tabs(["One", "Two"])
first.button("Primary", type="primary")
first.button("Secondary", shortcut="Ctrl+S")
first.button("Tertiary", type="tertiary")
first.download_button("Download", "text", icon=":material/download:")
first.link_button("Link", "/stock")
with second, st.form("form", clear_on_submit=False):
    st.form_submit_button("Send")
st.text_input("Line", placeholder="Type a line")
st.text_area("Lines", placeholder="Type lines")
st.number_input("Number")
st.date_input("Day", dt.date(2026, 3, 11))
st.time_input("Time", dt.time(9))
st.datetime_input("Moment", dt.datetime(2026, 3, 11, 9))  # noqa: DTZ001
st.selectbox("One of", ["a", "b"], index=None, placeholder="Choose one")
st.multiselect("Some of", ["a", "b"], default=["a"])
st.radio("Radio", ["a", "b"], horizontal=True)
st.segmented_control("Segments", ["a", "b"], default="a")
st.pills("Pills", ["a", "b"])
st.checkbox("Check")
st.toggle("Toggle")
st.slider("Slider", 0, 10)
st.select_slider("Steps", ["a", "b"])
st.file_uploader("File")
st.progress(0.5, text="Half")
with st.expander("More", expanded=True):
    st.markdown("**Bold** and [a link](/stock)")
with st.popover("Popover"):
    st.text("Inside")
with st.container(border=True):
    st.text("In a box")
with st.sidebar:
    st.text("In the sidebar")
    st.button("Sidebar button")
    st.date_input("Sidebar day", dt.date(2026, 3, 11))
