from django.contrib.auth.management import create_permissions
from django.db import migrations

MODELS = ["jobsplan", "area", "project", "arearesult"]
GRANTS = {
    "programme_staff": ["view", "add", "change", "delete"],
    "administrator": ["view", "add", "change", "delete"],
    "auditor": ["view"],
}


def grant(apps, schema_editor):
    impact = apps.get_app_config("impact")
    impact.models_module = True
    create_permissions(impact, apps=apps, verbosity=0)
    impact.models_module = None
    for group, permissions in _grants(apps):
        group.permissions.add(*permissions)


def revoke(apps, schema_editor):
    for group, permissions in _grants(apps):
        group.permissions.remove(*permissions)


def _grants(apps):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, actions in GRANTS.items():
        codenames = [f"{action}_{model}" for action in actions for model in MODELS]
        yield (
            Group.objects.get(name=name),
            list(Permission.objects.filter(content_type__app_label="impact", codename__in=codenames)),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("impact", "0001_initial"),
        ("accounts", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
