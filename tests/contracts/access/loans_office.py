"""Finance works; those who read everything read along, the secretary as far as applications go."""

from loans.models import EligibilityItem, ProductDocument
from tests.contracts.access import DENIED, Access, deletion, form
from tests.loans import factories as f

SEES_LOANS = ["finance_staff", "finance_approver", "auditor", "administrator"]
SEES_APPLICATIONS = [*SEES_LOANS, "committee_secretary"]
KEEPS = dict.fromkeys(["finance_staff", "administrator"], 200)


def application(world):
    return {"pk": f.application("submitted", by=world.applicant).pk}


def draft(world):
    return {"pk": f.application("draft", by=world.applicant).pk}


def loan(world):
    return {"pk": f.loan("active", by=world.applicant).pk}


def own_loan(world):
    """Prepared by the finance staff of the matrix: another person has to approve."""
    return {"pk": f.loan("prepared", by=world.applicant, office=f.Office(preparer=world.finance_staff)).pk}


def a_round(world):
    return {"pk": f.loan_round().pk}


def draft_round(world):
    return {"pk": f.loan_round(published=False).pk}


def fund(world):
    return {"pk": f.FundFactory().pk}


def fund_year(world):
    return {"pk": f.fund_years(f.FundFactory()).pk}


def product(world):
    return {"pk": f.product_with_conditions().pk}


def product_document(world):
    return {"pk": ProductDocument.objects.filter(product=product(world)["pk"]).first().pk}


def condition(world):
    return {"pk": EligibilityItem.objects.filter(product=product(world)["pk"]).first().pk}


def act(make, action):
    return lambda world: make(world) | {"action": action}


def stale(world):
    return {"version": 99}


def lists(namespace, sees):
    seen = dict.fromkeys(sees, 200)
    return [Access(f"{namespace}:index", **seen), Access(f"{namespace}:index_results", **seen)]


def inspect(namespace, sees, args):
    return Access(f"{namespace}:inspect", args=args, **dict.fromkeys(sees, 200), office=404)


def acts(namespace, sees, args, data=lambda world: {}, **works):
    """Who works gets what ``works`` says, who only reads is refused, others are told of nothing."""
    results = dict.fromkeys(sees, DENIED) | works
    return Access(f"{namespace}:act", "post", args=args, data=data, **results, office=404)


def set_up(namespace, args, *, delete=False, page=False):
    forms = [*form(f"{namespace}:add", **KEEPS), *form(f"{namespace}:edit", args, **KEEPS)]
    if delete:
        forms += deletion(f"{namespace}:delete", args, **KEEPS)
    if page:
        forms.append(inspect(namespace, SEES_APPLICATIONS, args))
    return [*lists(namespace, SEES_APPLICATIONS), *forms]


ROWS = [
    Access("loans_dashboard", **dict.fromkeys(SEES_LOANS, 200)),
    *lists("loanapplication", SEES_APPLICATIONS),
    inspect("loanapplication", SEES_APPLICATIONS, application),
    Access("loanapplication:inspect", args=draft, office=404),
    acts("loanapplication", SEES_APPLICATIONS, act(application, "return"), finance_staff=422),
    acts("loanapplication", SEES_APPLICATIONS, act(application, "check"), finance_staff=422),
    *lists("loan", SEES_LOANS),
    inspect("loan", SEES_LOANS, loan),
    acts("loan", SEES_LOANS, act(loan, "deposit"), finance_staff=422),
    acts("loan", SEES_LOANS, act(loan, "accelerate"), finance_approver=422),
    acts("loan", SEES_LOANS, act(own_loan, "approve"), stale, finance_approver=409),
    *lists("loans_rounds", SEES_APPLICATIONS),
    inspect("loans_rounds", SEES_APPLICATIONS, a_round),
    *form("loans_rounds:add", finance_staff=200),
    *form("loans_rounds:edit", a_round, finance_staff=200),
    acts("loans_rounds", SEES_APPLICATIONS, act(draft_round, "publish"), stale, finance_staff=409),
    *set_up("loans_funds", fund, page=True),
    *set_up("loans_fund_years", fund_year, page=True),
    *set_up("loans_products", product, page=True),
    *set_up("loans_product_documents", product_document, delete=True),
    *set_up("loans_eligibility_items", condition),
]
