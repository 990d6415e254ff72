"""The traps of krds-uiux 1.1.0, each with the thing that keeps us out of it."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import override_settings

ASSETS = Path(settings.BASE_DIR) / "assets"
KRDS = Path(settings.BASE_DIR) / "node_modules" / "krds-uiux" / "resources"
OUR_CSS = sorted((ASSETS / "css").glob("*.css"))
OUR_JS = sorted((ASSETS / "js").glob("*.js"))
OUTPUT_CSS = KRDS / "css" / "component" / "output.css"
TOKENS_CSS = KRDS / "css" / "token" / "krds_tokens.css"
MANIFEST = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
NAMESPACE = "http://www.w3.org/"


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    """What production serves: everything collected and hashed."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root, STORAGES={**settings.STORAGES, "staticfiles": MANIFEST}):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


@pytest.fixture(scope="module")
def head() -> str:
    return render_to_string("bare.html") + (Path(settings.BASE_DIR) / "templates" / "base.html").read_text()


def test_manifest_build_passes_and_leaves_the_broken_builds_out(collected):
    paths = json.loads((collected / "staticfiles.json").read_text())["paths"]
    assert "krds/css/component/output.css" in paths
    assert "krds/js/component/ui-script.js" in paths
    for left_out in ("krds/css/component/component.css", "krds/cdn/krds.min.css", "krds/cdn/krds.min.js"):
        assert left_out not in paths


def test_hashed_stylesheets_point_at_files_that_exist(collected):
    paths = json.loads((collected / "staticfiles.json").read_text())["paths"]
    sheets = [name for name in paths.values() if re.match(r"(css/|krds/css/(component/output|token))", name)]
    assert len(sheets) > len(OUR_CSS)
    for name in sheets:
        sheet = collected / name
        for address in re.findall(r"""url\(["']?([^"')]+)""", sheet.read_text()):
            if not address.startswith(("data:", "#")):
                assert (sheet.parent / address).resolve().is_file(), f"{name}: {address}"


def test_pages_link_output_css_before_ours_and_ui_script(head):
    assert head.index("krds/css/component/output.css") < head.index("css/tokens.css")
    assert "krds/js/component/ui-script.js" in head
    assert "component.css" not in head.replace("css/components.css", "")
    assert "/cdn/" not in head


@pytest.mark.parametrize("path", [*OUR_CSS, *OUR_JS, OUTPUT_CSS, TOKENS_CSS], ids=lambda path: path.name)
def test_nothing_is_fetched_from_outside(path):
    text = path.read_text().replace(NAMESPACE, "")
    assert "http://" not in text
    assert "https://" not in text
    assert not re.search(r"url\([\"']?//", text)


def test_templates_fetch_nothing_from_outside():
    for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html"):
        found = re.findall(
            r"""<(?:script|link|img|iframe)\b[^>]*(?:src|href)=["']https?://""", path.read_text()
        )
        assert not found, path


def test_our_own_css_declares_three_faces_from_krds_fonts():
    tokens = (ASSETS / "css" / "tokens.css").read_text()
    assert "@font-face" not in OUTPUT_CSS.read_text()
    faces = re.findall(
        r'@font-face \{[^}]*font-weight: (\d+);[^}]*url\("\.\./(krds/fonts/[^"]+)"\)', tokens, re.DOTALL
    )
    assert [weight for weight, _ in faces] == ["400", "500", "700"]
    for _, name in faces:
        assert finders.find(name)


def test_high_contrast_colours_are_all_declared_on_root():
    """KRDS writes ``[data-krds-mode=high-contrast] :root``, which matches nothing."""
    semantic = set(re.findall(r"--(krds-light-color-[a-z0-9-]+):", TOKENS_CSS.read_text()))
    ours = (ASSETS / "css" / "contrast.css").read_text()
    assert ':root[data-krds-mode="high-contrast"] {' in ours
    assert semantic == set(re.findall(r"--(krds-light-color-[a-z0-9-]+):", ours))


def test_wrap_holds_container_and_dialogs_stand_outside():
    """``ui-script.js`` reads both on every scroll and makes what is in ``#wrap`` inert behind a modal."""
    base = (Path(settings.BASE_DIR) / "templates" / "base.html").read_text()
    inside, outside = base.split("confirm_dialog.html")
    assert inside.index('id="wrap"') < inside.index('id="container"')
    assert inside.count("<div") == inside.count("</div>")
    assert "after_main" in outside


def test_hidden_legends_and_captions_are_shown_again():
    assert "legend" in OUTPUT_CSS.read_text().split("position: absolute !important;")[0][-120:]
    site = (ASSETS / "css" / "site.css").read_text()
    assert re.search(
        r"legend\.field__label,\s*legend\.legend,\s*caption\.caption \{\s*position: static !important", site
    )


def test_motion_is_left_out_on_request():
    assert "prefers-reduced-motion" not in OUTPUT_CSS.read_text()
    assert "prefers-reduced-motion: reduce" in (ASSETS / "css" / "site.css").read_text()


def test_masthead_only_on_official_site_and_logo_is_ours():
    assert "krds-masthead" in render_to_string("components/notice_bars.html", {"official_site": True})
    assert "krds-masthead" not in render_to_string("components/notice_bars.html", {"official_site": False})
    assert "ico_logo_krds" not in "".join(path.read_text() for path in OUR_CSS)


def test_templates_hold_no_inline_styles_scripts_or_handlers():
    mails = Path(settings.BASE_DIR) / "templates" / "notices"
    for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html"):
        if mails in path.parents:  # mail programs know nothing but inline styles
            continue
        text = path.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text), path
        assert not re.search(r"\s(?:style|on(?:click|load|change|submit|input))=", text), path
