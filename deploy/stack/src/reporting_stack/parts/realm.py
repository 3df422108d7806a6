"""Keycloak's realm: made once from deploy/keycloak/realm.json, then kept equal to it at every start.

People and their credentials are identity's to add; only settings and clients are touched here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import httpx

from reporting_stack.credentials import PROGRAMS, Credentials
from reporting_stack.files import write_json
from reporting_stack.layout import DEPLOY, Home, StackError
from reporting_stack.parts.keycloak import ADMIN_CLIENT
from reporting_stack.ports import Ports

REALM = "reporting"
AUDIENCE = "reporting-api"
# A realm's own settings; what else the template names is made once or has its own resource.
NOT_SETTINGS = {"clients", "users", "components"}


@dataclass(frozen=True, slots=True)
class Realm:
    home: Home
    ports: Ports
    credentials: Credentials
    # Where administrators come in, if not by the gateway's own address.
    apart: str = ""

    def wanted(self) -> dict[str, Any]:
        """The realm as it should be in this stack."""
        text = (DEPLOY / "keycloak" / "realm.json").read_text(encoding="utf-8")
        values = {
            "gateway": self.ports.gateway_url,
            "ssl_required": "external" if self.ports.gateway_url.startswith("https://") else "none",
            "portal_secret": self.credentials.client("portal"),
            "identity_admin_secret": self.credentials.client("identity-admin"),
        }
        for name, value in values.items():
            text = text.replace("{{" + name + "}}", value)
        realm: dict[str, Any] = json.loads(text)
        if self.apart:
            portal = next(client for client in realm["clients"] if client["clientId"] == "portal")
            portal["redirectUris"].append(f"{self.apart}/callback")
            portal["attributes"]["post.logout.redirect.uris"] += f"##{self.apart}/*"
        realm["clients"] += [self._program(name) for name in PROGRAMS]
        return realm

    def _program(self, client_id: str) -> dict[str, Any]:
        """A program that acts under its own account: its token names that account, as a person's does."""
        account = {
            "name": "account_id",
            "protocol": "openid-connect",
            "protocolMapper": "oidc-hardcoded-claim-mapper",
            "config": {
                "claim.name": "account_id",
                "claim.value": self.credentials.program_account(client_id),
                "jsonType.label": "String",
                "access.token.claim": "true",
                "introspection.token.claim": "true",
            },
        }
        audience = {
            "name": "audience",
            "protocol": "openid-connect",
            "protocolMapper": "oidc-audience-mapper",
            "config": {"included.custom.audience": AUDIENCE, "access.token.claim": "true"},
        }
        return {
            "clientId": client_id,
            "secret": self.credentials.client(client_id),
            "serviceAccountsEnabled": True,
            "standardFlowEnabled": False,
            "directAccessGrantsEnabled": False,
            "fullScopeAllowed": False,
            "defaultClientScopes": ["basic", "acr"],
            "protocolMappers": [account, audience],
        }

    def apply(self) -> None:
        """Makes the realm, or brings it to what the template says; then keeps a copy of its public keys."""
        with self.admin() as admin:
            wanted = self.wanted()
            found = admin.get(f"/admin/realms/{REALM}")
            if found.status_code == 404:
                _checked(admin.post("/admin/realms", json=wanted))
            else:
                settings = {name: value for name, value in wanted.items() if name not in NOT_SETTINGS}
                _checked(admin.put(f"/admin/realms/{REALM}", json=settings))
                for client in wanted["clients"]:
                    self._keep_client(admin, REALM, client)
            for realm in (REALM, "master"):
                self._keep_client(admin, realm, {"clientId": "admin-cli", "directAccessGrantsEnabled": False})
        self.keep_keys()

    def keep_keys(self) -> None:
        """The last good public keys, so that the gateway can start while Keycloak is down."""
        answer = httpx.get(self.ports.jwks_url, timeout=10)
        write_json(self.home.config / "jwks.json", _checked(answer).json())

    def admin(self) -> httpx.Client:
        """A client of Keycloak's admin interface, which the gateway never routes."""
        answer = httpx.post(
            f"{self.ports.keycloak_url}/realms/master/protocol/openid-connect/token",
            data={
                "grant_type": "client_credentials",
                "client_id": ADMIN_CLIENT,
                "client_secret": self.credentials["keycloak-admin"],
            },
            timeout=30,
        )
        token = _checked(answer).json()["access_token"]
        return httpx.Client(
            base_url=self.ports.keycloak_url, headers={"Authorization": f"Bearer {token}"}, timeout=60
        )

    @staticmethod
    def _keep_client(admin: httpx.Client, realm: str, wanted: dict[str, Any]) -> None:
        path = f"/admin/realms/{realm}/clients"
        found = _checked(admin.get(path, params={"clientId": wanted["clientId"]})).json()
        if not found:
            _checked(admin.post(path, json=wanted))
            return
        path = f"{path}/{found[0]['id']}"
        attributes = {**found[0].get("attributes", {}), **wanted.get("attributes", {})}
        mappers = wanted.get("protocolMappers", [])
        rest = {name: value for name, value in wanted.items() if name != "protocolMappers"}
        _checked(admin.put(path, json={**found[0], **rest, "attributes": attributes}))
        present = {mapper["name"] for mapper in found[0].get("protocolMappers", [])}
        missing = [mapper for mapper in mappers if mapper["name"] not in present]
        if missing:
            _checked(admin.post(f"{path}/protocol-mappers/add-models", json=missing))


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.is_error:
        request = answer.request
        raise StackError(
            f"Keycloak answered {answer.status_code} to {request.method} {request.url.path}: {answer.text[:400]}"
        )
    return answer
