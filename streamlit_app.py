"""Tideline as `streamlit run streamlit_app.py` serves it: the pages behind the gate."""

import streamlit as st
from starlette.middleware import Middleware

from pages.shared import page_transition
from pages.shared.errors import keep_personal_data_out_of_logs, on_script_error
from pages.shared.sign_in.gate import Gate
from pages.shared.sign_in.routes import routes
from pages.shared.static_files import StaticFiles

keep_personal_data_out_of_logs()

app = st.App(
    "pages/shared/navigation.py",
    routes=[*routes, *page_transition.ROUTES],
    middleware=[Middleware(Gate), Middleware(StaticFiles), Middleware(page_transition.PageTransitions)],
    on_script_error=on_script_error,
)
