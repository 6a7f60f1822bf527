"""What can be asked, as OpenAPI 3.1: made from one table, which a test holds equal to the addresses."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from headway.api.answering import plain_json
from headway.api.problems import NOTHING, problem
from headway.desk.accounts.access import public
from headway.desk.accounts.rules import ATTENDANCE, FIGURES

Parameters = dict[str, tuple[str, str]]  # name → (type, what it is); a name in braces in the path stands in the path
READ = {"measure": ("string", "A measure, as ks2.rwm_expected."), "authority": ("string", "A local authority's code, as 330.")}
YEARS = {"from": ("string", "From this academic year on, as 2018/19."), "to": ("string", "Up to this academic year.")}
CUT = {"cut": ("string", "all, or a split such as disadvantage=yes; * for every one.")}
AS_OF = {"as_of": ("date", "Only what was published by this day.")}
OPERATIONS: dict[str, tuple[str, str, str, Parameters]] = {  # name → (path, summary, schema of the data, parameters)
    "schools": ("/schools", "Schools by name, URN or postcode.", "School[]", {"q": ("string", "Part of a name, a URN or a postcode."),
                "limit": ("integer", "How many at most, up to 200; otherwise 20.")}),
    "school": ("/schools/{urn}", "A school with each measure over years, beside its comparators.", "Profile",
               {"urn": ("integer", "Its URN.")}),
    "measures": ("/measures", "Every measure.", "Measure[]", {}),
    "measure": ("/measures/{measure}", "A measure with its periods, breaks and references.", "Measure", {"measure": READ["measure"]}),
    "readings": ("/readings", "Readings of one measure, by place and year; at most 5,000 at once.", "Reading[]",
                 {**READ, "urn": ("integer", "A school."), "level": ("string", "school, authority, region or england."), **YEARS, **CUT}),
    "explain": ("/explain/{level}/{place}/{measure}/{year}", "How one number came about.", "Explanation",
                {"level": ("string", "school, authority, region or england."), "place": ("string", "A URN or a code."),
                 "measure": READ["measure"], "year": ("integer", "The year in which the academic year began."), **CUT}),
    "ambitions": ("/ambitions", "Every ambition with its verdict.", "Ambition[]",
                  {**AS_OF, "authority": READ["authority"], "set": ("string", "Only those of one set.")}),
    "ambition": ("/ambitions/{ambition}", "One ambition by each reading of its words, the one taken first.", "Ambition[]",
                 {"ambition": ("string", "Its id."), **AS_OF, "choice": ("string", "A reading of its words."),
                  "authority": READ["authority"]}),
    "attendance": ("/attendance", "Attendance of schools to date, from registers; no pupil, and no count of few.", "Attendance", {}),
    "attendance_of": ("/attendance/{urn}", "Attendance of one school, by week and by group.", "SchoolAttendance",
                      {"urn": ("integer", "Its URN.")}),
    "strategies": ("/strategies", "The strategies that you may read.", "Strategy[]", {}),
    "strategy": ("/strategies/{pk}", "A strategy as it stands.", "Strategy", {"pk": ("integer", "Its number.")}),
}  # fmt: skip
REQUIRED = {  # schema → what every one of it has
    "School": ("urn", "name", "authority", "phase", "status"),
    "Profile": ("school", "links", "measures", "context", "workforce", "finance"),
    "Measure": ("id", "title", "unit", "better", "cohort", "floor"),
    "Reading": ("level", "place", "measure", "year", "cut", "value", "status", "unit", "release", "source", "snapshot"),
    "Explanation": ("reading", "measure", "vintages", "steps"),
    "Ambition": ("id", "verdict", "heading", "sentence", "as_of", "due", "latest", "missing", "points", "parts"),
    "Attendance": ("year", "data_to", "sending", "total", "notes", "schools"),
    "SchoolAttendance": ("urn", "year", "data_to", "settled", "whole", "weeks", "year_groups", "groups", "reasons", "notes"),
    "Strategy": ("id", "title", "state", "starts", "ends", "version"),
}
PROBLEMS = {
    "400": "What was asked is not sound.",
    "401": "No valid token.",
    "403": "Your roles or your token’s scopes may not ask this.",
    "404": "There is nothing here that you may see.",
    "405": "Only GET is answered.",
    "422": "The measure has no definition for that.",
    "429": "More than 600 requests a minute.",
    "503": "Nothing is published yet.",
}
TYPES = {"string": {"type": "string"}, "integer": {"type": "integer"}, "date": {"type": "string", "format": "date"}}


def document() -> dict[str, Any]:
    """The whole OpenAPI document."""
    paths = {f"/api/v1{path}": {"get": _operation(name)} for name, (path, *_) in OPERATIONS.items()}
    schemas = {name: {"type": "object", "required": list(wanted)} for name, wanted in REQUIRED.items()}
    words = "Read-only. Values are unrounded; a withheld value is null, and its status says why."
    schemas["Problem"] = {"type": "object", "required": ["type", "title", "status", "detail", "code"]}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Headway", "version": "1", "description": words},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{"token": []}],
    }  # fmt: skip


def _operation(name: str) -> dict[str, Any]:
    path, summary, schema, parameters = OPERATIONS[name]
    kind: dict[str, Any] = {"$ref": f"#/components/schemas/{schema.removesuffix('[]')}"}
    data = {"type": "array", "items": kind} if schema.endswith("[]") else kind
    body = {"type": "object", "required": ["snapshot", "library", "data"], "properties": {"data": data}}
    answers: dict[str, Any] = {"200": {"description": "Found.", "content": {"application/json": {"schema": body}}}}
    for status, words in PROBLEMS.items():
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        answers[status] = {"description": words, "content": content}
    return {
        "operationId": name,
        "x-scope": ATTENDANCE if path.startswith("/attendance") else FIGURES,
        "summary": summary,
        "parameters": [_parameter(path, *one) for one in parameters.items()],
        "responses": answers,
    }


def _parameter(path: str, name: str, told: tuple[str, str]) -> dict[str, Any]:
    kind, words = told
    where = "path" if f"{{{name}}}" in path else "query"
    required = where == "path" or (path, name) == ("/readings", "measure")
    return {"name": name, "in": where, "required": required, "description": words, "schema": TYPES[kind]}


@public
def openapi(request: HttpRequest) -> HttpResponse:
    return plain_json(document())


@public
def nothing(request: HttpRequest) -> HttpResponse:
    """Every other address below /api/v1/."""
    return problem(NOTHING, 404)
