"""How large a file from outside may be. One place, so that loading and uploading agree."""

MOST_UNPACKED = 4 * 1024**3  # bytes of one file when decompressed
MOST_MEMBERS = 1_000  # files in an archive
DEEPEST_ARCHIVE = 2  # an archive within an archive, and no more
MOST_WORKBOOK = 512 * 1024**2  # bytes of a workbook's parts when decompressed
WORKBOOK_MEMORY = 1536 * 1024**2  # address space of the process that reads one
WORKBOOK_SECONDS = 90
MOST_JSON = 512 * 1024**2
MOST_COLUMNS = 5_000
HEADER_WITHIN = 40  # rows looked at for a header
CHUNK = 1 << 20
