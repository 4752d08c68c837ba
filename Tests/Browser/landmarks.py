"""Where things are on the pages and what they are called: the one file to change when a page changes."""
import datetime
import re

LANGUAGES = ("zh", "en")
WIDTHS = {1440: 900, 390: 844}
THEMES = ("light", "dark")

LOGIN, HOME, INTAKE, LOGOUT = "/login", "/", "/intake", "/logout"
CHARTER, LEDGER = "/charter", "/ledger"
PORTAL, MESSAGES, DESK, TESTS = "/portal", "/demo/messages", "/desk", "/tests"
VERIFY = "main form[action='/ledger/verify'] button.act"


def register(kind):
    return f"/r/{kind}"


def find(kind):
    return f"main form[action='/r/{kind}/find']"


def new(kind):
    return f"/r/{kind}/new"


NEW_FORM_BUTTON = "main form.sheet button[data-main]"

# The log-in page's buttons of the demonstration, by the words that stand on them: name, then unit·post.
DOORS = "form[action='/login/demo'] button[name=person]"
DOOR_WORDS = re.compile(r'name="?person"? value="(\w+)"[^>]*><b>([^<]+)</b>')
POSTS = {
    "customer service": re.compile("·(客户服务|Customer service)"),
    "back office": re.compile("·(渠道内勤|Channel back office)"),
    "compliance": re.compile("·(合规(?!委员会)|Compliance(?! committee))"),
    "team leader": re.compile("·(团队负责人|Team leader)"),
    "underwriter": re.compile("·(核保|Underwriter)"),
    "general manager": re.compile("·(总经理|General manager)"),
    "telephone desk": re.compile("·(电话客服|Telephone desk operator)"),
    "administrator": re.compile("系统管理员|Administrator", re.I),
}
SHELVES = ".shelves nav"
LANGUAGE = "form[action='/language'] button[name=language]"
NEXT_WORKING_DAY = "form[action='/demo/clock'] button"
TODAY = "main .head .quiet"
DAY_OFF = re.compile("非工作日|day off")
REFUSAL = ".note.refusal"
MAIN = "main"
DOCUMENT_LINKS = "main tbody a[href^='/d/']"
LAWS = "main .law"
STATE = "main .way [aria-current=step]"
STAMP = "main article.form .stamp"

# The upload page: a form with the file; then what a dry run found, and the import; then the rows handed back.
UPLOAD = f"main form[action='{INTAKE}']"
UPLOAD_FILE = f"{UPLOAD} input[type=file]"
IMPORT = f"main form[action^='{INTAKE}/'] button.act"
REJECTED = f"main a[href^='{INTAKE}/'][href$='/rejected']"
WRONG_CHECK = {"zh": "校验", "en": "check"}


def step_form(document, step):
    """The form by which a step is taken on a document, wherever it is folded away."""
    return f"main form[action='/d/{document}/{step}']"


# How a suspicious item is walked to its end, and which posts do it.
CHASE = [
    ("distribute", ("customer service",)),
    ("receive", ("back office",)),
    ("investigate", ("back office",)),
    ("evidence", ("back office",)),
    ("verify", ("compliance", "customer service")),
    ("close", ("customer service",)),
]
# Fields that a step's form calls optional, but that the chase fills in; and what to choose where the first choice would not do.
ALSO_FILLED = {"evidence", "callBackOn"}
# What is typed into a field of this name: the call-back lies after all days that the tests walk through.
TYPED = {"callBackOn": (datetime.date.today() + datetime.timedelta(days=60)).isoformat()}
CHOICES = {"channelUnit": re.compile("个险渠道部|Individual channel")}
OPTIONAL = re.compile("选填|optional", re.I)

# What is crawled no further: downloads, the language, and everything that has an address of its own for machines.
NOT_PAGES = re.compile(
    r"^/(logout|language|api|assets)\b|\.(csv|xlsx|json|pdf|css|js|svg|png)$|/(file|export|print)(/|$)"
    # Papers and a calendar, which a browser takes down.
    r"|^/(school/(rota|minutes)|archive/(labels|report|workbook)|it/labels/\w|it/stocktake-list|giving/package)")

# Latin words that may stand on a Chinese page.
LATIN_ALLOWED = {
    "API", "CSV", "XLSX", "PDF", "JSON", "OpenAPI", "Ctrl", "ID", "IP", "HTTP", "HTTPS", "UTF", "GB", "SHA", "AES", "GCM", "HMAC", "Ed",
    "SQLite", "PostgreSQL", "English", "Dianzhang", "zh", "en", "IT", "VIP", "VLAN", "OA", "NUL", "XML", "OFD", "UUID", "eml", "txt", "pdf", "xlsx", "csv",
}
# What a person wrote stays in the language in which it was written; the product's own words are never marked so.
WRITTEN = ".written"
# Numbers and holidays are called in Chinese everywhere, and marked so.
CHINESE_SKIPPED = f"code, pre, script, style, noscript, [lang^=zh], textarea, .number, .digest, {WRITTEN}"
LATIN_SKIPPED = f"code, pre, kbd, script, style, noscript, [lang=en], textarea, .number, .digest, {WRITTEN}"
