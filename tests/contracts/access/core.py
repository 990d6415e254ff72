from tests.contracts.access import Access

ROWS = [
    Access("health_live", everyone=200),
    Access("health_ready", everyone=200),
    Access("picture", args=lambda world: {"name": "none.png"}, everyone=404),
]
