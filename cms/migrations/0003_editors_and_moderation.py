"""Who may write, and who lets it out: editors write, administrators approve, programme staff keep the calls."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

WORKFLOW = "공개 전 검토"
TASK = "관리자 승인"
ON_THE_SITE = {
    "editor": ["add_page", "change_page"],
    "administrator": [
        "add_page",
        "change_page",
        "publish_page",
        "lock_page",
        "unlock_page",
        "bulk_delete_page",
    ],
}
ON_THE_CALLS = {"programme_staff": ["add_page", "change_page", "publish_page"]}
FILES = {
    "editor": ["add", "change", "choose"],
    "programme_staff": ["add", "change", "choose"],
    "administrator": ["add", "change", "choose", "delete"],
}
SETTINGS = {"administrator": ["change_contactsettings"]}
APPS = ["wagtailcore", "wagtailimages", "wagtaildocs", "cms"]


def grant(apps, schema_editor):
    _create_permissions(apps)
    _replace_wagtails_groups(apps)
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    home = _page(Page, "homepage")
    calls = _page(Page, "callindexpage")
    for page, grants in ((home, ON_THE_SITE), (calls, ON_THE_CALLS)):
        for name, codenames in grants.items():
            for permission in _permissions(apps, "wagtailcore", codenames):
                apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
                    group=Group.objects.get(name=name), page_id=page.pk, permission=permission
                )
    collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for name, actions in FILES.items():
        for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            for permission in _permissions(apps, app, [f"{action}_{model}" for action in actions]):
                apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                    group=Group.objects.get(name=name), collection=collection, permission=permission
                )
    for name, codenames in SETTINGS.items():
        Group.objects.get(name=name).permissions.add(*_permissions(apps, "cms", codenames))
    _start_moderation(apps, home)


def revoke(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    ours = Group.objects.filter(name__in={*ON_THE_SITE, *ON_THE_CALLS, *FILES})
    apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(group__in=ours).delete()
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(group__in=ours).delete()
    for name, codenames in SETTINGS.items():
        Group.objects.get(name=name).permissions.remove(*_permissions(apps, "cms", codenames))
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW).delete()
    apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(name=TASK).delete()


def _create_permissions(apps):
    for label in APPS:
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None


def _replace_wagtails_groups(apps):
    """Wagtail brings groups and a workflow of its own, in English; ours take their place."""
    apps.get_model("auth", "Group").objects.filter(name__in=["Editors", "Moderators"], user=None).delete()
    apps.get_model("wagtailcore", "WorkflowPage").objects.filter(page__depth=1).delete()
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").delete()
    apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval").delete()


def _start_moderation(apps, home):
    ContentType = apps.get_model("contenttypes", "ContentType")
    GroupApprovalTask = apps.get_model("wagtailcore", "GroupApprovalTask")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    kind, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="groupapprovaltask")
    task = GroupApprovalTask.objects.create(name=TASK, content_type=kind, active=True)
    task.groups.add(apps.get_model("auth", "Group").objects.get(name="administrator"))
    workflow = Workflow.objects.create(name=WORKFLOW, active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow=workflow, task_id=task.pk, sort_order=0
    )
    apps.get_model("wagtailcore", "WorkflowPage").objects.create(workflow=workflow, page_id=home.pk)


def _page(Page, model):
    return Page.objects.get(content_type__app_label="cms", content_type__model=model)


def _permissions(apps, app, codenames):
    Permission = apps.get_model("auth", "Permission")
    return Permission.objects.filter(content_type__app_label=app, codename__in=codenames)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_site_tree"),
        ("accounts", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
