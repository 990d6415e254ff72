from django.db import migrations

ROLES = [
    "mentor",
    "programme_staff",
    "finance_staff",
    "finance_approver",
    "committee_secretary",
    "editor",
    "auditor",
    "administrator",
]
OUTSIDE_THE_OFFICE = {"mentor"}


def create_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    access_office = Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    for name in ROLES:
        group, _ = Group.objects.get_or_create(name=name)
        if name not in OUTSIDE_THE_OFFICE:
            group.permissions.add(access_office)


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(create_roles, remove_roles)]
