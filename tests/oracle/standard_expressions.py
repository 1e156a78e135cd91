"""What handlers ask of the standard library, an expression a line: test_typeshed_oracle runs each by Python and on
paper.

`outside` brings what the expressions begin with. What an expression gives must be known.
"""

from __future__ import annotations

EXPRESSIONS = """
zipfile.ZipFile(io.BytesIO(ZIP)).namelist()
zipfile.ZipFile(io.BytesIO(ZIP)).read("a")
zipfile.ZipFile(io.BytesIO(ZIP)).extract("a")
[info.is_dir() for info in zipfile.ZipFile(io.BytesIO(ZIP)).infolist()]
zipfile.ZipFile(io.BytesIO(ZIP)).getinfo("a").is_dir()
zipfile.is_zipfile(io.BytesIO(ZIP))
tarfile.open(fileobj=io.BytesIO(TAR)).getnames()
[member.isfile() for member in tarfile.open(fileobj=io.BytesIO(TAR)).getmembers()]
[member.isdir() for member in tarfile.open(fileobj=io.BytesIO(TAR))]
hashlib.sha256(b"a").digest()
hashlib.sha256(b"a").hexdigest()
hashlib.sha3_384(b"a").hexdigest()
hashlib.md5(b"a").copy().hexdigest()
hashlib.sha1(b"a").digest_size
hmac.new(b"k", b"m", "sha256").name
uuid.uuid4().hex
uuid.uuid4().bytes
uuid.uuid4().fields
uuid.uuid4().variant
uuid.uuid5(uuid.NAMESPACE_DNS, "a").urn
email.message_from_string(MAIL).get_content_type()
email.message_from_string(MAIL).get_content_maintype()
email.message_from_string(MAIL).is_multipart()
email.message_from_string(MAIL).keys()
email.message_from_string(MAIL).as_string()
email.message_from_string(MAIL).as_bytes()
email.message_from_string(MAIL).get_content_disposition()
email.message_from_string(MAIL).get_unixfrom()
email.message_from_string(MAIL).set_param("a", "b")
email.utils.parseaddr("A <a@b.c>")
email.utils.getaddresses(["a@b.c"])
email.utils.parsedate_to_datetime("Thu, 01 Jan 1970 00:00:00 GMT").year
email.utils.format_datetime(NOW)
email.utils.localtime().isoformat()
email.header.make_header([("a", None)]).encode()
time.gmtime(0).tm_year
time.gmtime(0).tm_zone
time.localtime(0).tm_isdst
time.thread_time_ns()
re.match("(a)(b)?", "ab").pos
re.match("(a)(b)?", "ab").lastindex
re.match("(a)(b)?", "ab").re.groups
re.match("(a)(b)?", "ab").regs
re.compile("a").flags
datetime.datetime.now().year
datetime.datetime.now().microsecond
datetime.datetime.now().fold
datetime.datetime.now().date().month
(datetime.datetime.now() - datetime.datetime(2020, 1, 1)).days
datetime.datetime.now().time().hour
datetime.time().tzname()
datetime.timezone.utc.utcoffset(None).days
datetime.timezone.utc.tzname(None)
datetime.date.fromisocalendar(2026, 1, 1).isoformat()
decimal.Decimal("1.5").adjusted()
decimal.Decimal("1.5").number_class()
decimal.Decimal("1.5").max(3)
decimal.Decimal("1.5").real
decimal.Decimal("1.5").is_normal()
decimal.getcontext().to_sci_string(1)
fractions.Fraction(1, 3).numerator
fractions.Fraction(1, 3).as_integer_ratio()
pathlib.Path("a/b.tar").name
pathlib.Path("a/b.tar").parent.name
pathlib.Path("a/b.tar").parts
pathlib.Path("a/b.tar").drive
pathlib.Path("a/b.tar").match("*.tar")
pathlib.Path("a/b.tar").is_relative_to("a")
pathlib.Path(".").owner()
pathlib.Path(".").stat().st_size
pathlib.Path(".").stat().st_mtime
pathlib.Path(".").lstat().st_mode
pathlib.Path(".").stat().st_mtime_ns
os.getppid()
os.getuid()
os.fsencode("a")
os.fsdecode(b"a")
os.strerror(1)
os.get_exec_path()
os.getloadavg()
os.statvfs(".").f_bfree
os.sched_getaffinity(0)
os.path.ismount(".")
os.path.samefile(".", ".")
os.path.getatime(".")
shutil.get_terminal_size().columns is None
shutil.get_archive_formats()
tempfile.gettempprefix()
ipaddress.ip_address("10.0.0.1").is_private
ipaddress.ip_address("10.0.0.1").is_multicast
ipaddress.ip_address("10.0.0.1").reverse_pointer
ipaddress.ip_address("10.0.0.1").packed
ipaddress.ip_address("10.0.0.1").version
ipaddress.ip_network("10.0.0.0/30").with_netmask
ipaddress.ip_network("10.0.0.0/30").is_private
ipaddress.IPv4Network("10.0.0.0/30").supernet().prefixlen
[net.prefixlen for net in ipaddress.IPv4Network("10.0.0.0/30").subnets()]
ipaddress.IPv4Interface("10.0.0.1/24").with_prefixlen
ipaddress.IPv4Interface("10.0.0.1/24").ip.compressed
urllib.parse.urlparse("https://h:1/p").port
urllib.parse.quote_from_bytes(b"a")
urllib.request.Request("https://h").get_method()
urllib.request.Request("https://h").get_full_url()
urllib.request.Request("https://h").has_header("a")
urllib.request.Request("https://h").header_items()
urllib.request.parse_http_list("a, b")
urllib.request.getproxies_environment()
http.cookies.SimpleCookie("a=b").output()
configparser.ConfigParser().has_section("a")
CONFIG.sections() is None
csv.list_dialects()
csv.Sniffer().has_header("a,b\\n1,2\\n")
[len(row) for row in csv.DictReader(["a,b", "1,2"])]
html.parser.HTMLParser().getpos()
xml.etree.ElementTree.fromstring("<a><b/></a>").makeelement("c", {}).set("a", "b")
[text.upper() for text in xml.etree.ElementTree.fromstring("<a>x<b>y</b></a>").itertext()]
[one.get("a") is None for one in xml.etree.ElementTree.ElementTree(xml.etree.ElementTree.Element("a")).iter()]
xml.etree.ElementTree.iselement(1)
inspect.getfullargspec(print).args is None
platform.uname().node
xml.dom.minidom.parseString("<a/>").createElement("b").hasAttributes()
sqlite3.connect(":memory:").in_transaction
sqlite3.connect(":memory:").total_changes
sqlite3.connect(":memory:").execute("select 1").rowcount
sqlite3.connect(":memory:").execute("select 1").lastrowid
sqlite3.complete_statement("select 1;")
array.array("i", [1, 2]).typecode
array.array("i", [1, 2]).itemsize
array.array("i", [1, 2]).count(1)
array.array("i", [1, 2]).buffer_info()
struct.Struct("ii").size
struct.Struct("ii").pack(1, 2)
struct.Struct("ii").format
[len(one) for one in struct.iter_unpack("i", b"abcdefgh")]
textwrap.TextWrapper().wrap("a b")
textwrap.TextWrapper().fill("a b")
string.Formatter().format("{}", 1)
shlex.join(["a", "b"])
list(shlex.shlex("a b"))
difflib.SequenceMatcher(None, "ab", "bc").ratio()
difflib.SequenceMatcher(None, "ab", "bc").get_opcodes()
[match.size for match in difflib.SequenceMatcher(None, "ab", "bc").get_matching_blocks()]
list(difflib.unified_diff(["a"], ["b"]))
[line.upper() for line in difflib.Differ().compare(["a"], ["b"])]
statistics.NormalDist(1, 2).cdf(1)
statistics.NormalDist(1, 2).mean
statistics.geometric_mean([1, 2])
random.Random(1).randint(1, 2)
random.Random(1).randbytes(2)
secrets.randbits(3)
fnmatch.fnmatch("a", "*")
fnmatch.translate("*")
calendar.monthcalendar(2026, 11)
calendar.TextCalendar().formatmonth(2026, 11)
[day.day for day in calendar.Calendar().itermonthdates(2026, 11)]
list(calendar.Calendar().iterweekdays())
locale.getlocale()
platform.uname().version
platform.python_version_tuple()
getpass.getuser()
mimetypes.MimeTypes().guess_type("a.png")
mimetypes.guess_all_extensions("text/plain")
linecache.getlines("no such file")
linecache.getline("no such file", 1)
traceback.format_list([])
traceback.extract_stack().format()
[frame.line is None for frame in traceback.extract_stack()]
traceback.TracebackException.from_exception(ValueError("a")).print()
inspect.getdoc(len)
inspect.cleandoc("a")
inspect.isabstract(len)
inspect.signature(print).bind("a").args is None
logging.Handler().format(logging.LogRecord("a", 20, "p", 1, "m", (), None))
logging.LogRecord("a", 20, "p", 1, "m", (), None).getMessage()
logging.Formatter().usesTime()
json.JSONDecoder().raw_decode("1")
queue.Queue().full()
queue.SimpleQueue().empty()
threading.Event().wait(0)
threading.get_native_id()
unicodedata.category("a")
unicodedata.combining("a")
socket.inet_ntoa(b"abcd")
socket.htons(1)
ssl.RAND_bytes(2)
stat.S_ISDIR(16877)
stat.filemode(16877)
gzip.GzipFile(fileobj=io.BytesIO(GZIP)).read()
[line.decode() for line in gzip.GzipFile(fileobj=io.BytesIO(GZIP))]
bz2.BZ2Compressor().compress(b"a")
lzma.LZMACompressor().flush()
zlib.compressobj().compress(b"a") is None
plistlib.dumps({})
base64.b32hexencode(b"a")
binascii.crc_hqx(b"a", 0)
quopri.encodestring(b"a")
codecs.getincrementaldecoder("utf-8") is None
codecs.utf_8_decode(b"a")
io.StringIO("a\\nb").readable()
io.BytesIO(b"a").closed
[line.upper() for line in io.StringIO("a\\nb")]
[len(line) for line in io.BytesIO(b"a\\nb")]
io.TextIOWrapper(io.BytesIO(b"a")).line_buffering
pprint.saferepr({})
pprint.PrettyPrinter().pformat({})
reprlib.Repr().repr([1])
concurrent.futures.Future().done()
sys.getdefaultencoding()
gc.get_count()
argparse.ArgumentParser(prog="a").format_usage() is None
netrc is None
""".strip().splitlines()

MODULES = [
    "argparse",
    "array",
    "base64",
    "binascii",
    "bz2",
    "calendar",
    "codecs",
    "concurrent.futures",
    "configparser",
    "csv",
    "datetime",
    "decimal",
    "difflib",
    "email",
    "email.header",
    "email.utils",
    "fnmatch",
    "fractions",
    "gc",
    "getpass",
    "gzip",
    "hashlib",
    "hmac",
    "html.parser",
    "http.cookies",
    "inspect",
    "io",
    "ipaddress",
    "json",
    "linecache",
    "locale",
    "logging",
    "lzma",
    "mimetypes",
    "netrc",
    "os",
    "pathlib",
    "platform",
    "plistlib",
    "pprint",
    "queue",
    "quopri",
    "random",
    "re",
    "reprlib",
    "secrets",
    "shlex",
    "shutil",
    "socket",
    "sqlite3",
    "ssl",
    "stat",
    "statistics",
    "string",
    "struct",
    "sys",
    "tarfile",
    "tempfile",
    "textwrap",
    "threading",
    "time",
    "traceback",
    "unicodedata",
    "urllib.parse",
    "urllib.request",
    "uuid",
    "xml.dom.minidom",
    "xml.etree.ElementTree",
    "zipfile",
    "zlib",
]
