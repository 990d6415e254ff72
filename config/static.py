"""Which of the packages' static files are ours to serve."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Leaves out what KRDS ships but we never link: builds with broken paths or icons from outside."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "cdn",
        "scss",
        "css/common",
        "css/plugin",
        "css/component/component.css*",
        "js/plugin",
        "js/component/ui-script_bak.js",
    ]
