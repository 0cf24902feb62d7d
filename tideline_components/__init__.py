"""Scripts and styles of the dashboard's own Streamlit components: no Python, see `assets`.

`pages.shared.widgets` mounts them. It is a distribution of its own only because Streamlit looks for them there.
"""
