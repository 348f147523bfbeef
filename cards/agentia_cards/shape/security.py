"""How callers prove who they are: A2A 1.0 section 4.5."""

from __future__ import annotations

from agentia_cards.shape.grammar import TEXTS, MapOf, Scalar, message

_SCOPES = MapOf(Scalar.STRING)

REQUIREMENT = message(
    "SecurityRequirement",
    "4.5",
    plain={"schemes": MapOf(message("StringList", "4.5", plain={"list": TEXTS}))},
)

OAUTH_FLOWS = message(
    "OAuthFlows",
    "4.5.7",
    optional={
        "authorizationCode": message(
            "AuthorizationCodeOAuthFlow",
            "4.5.8",
            required={
                "authorizationUrl": Scalar.STRING,
                "tokenUrl": Scalar.STRING,
                "scopes": _SCOPES,
            },
            plain={"refreshUrl": Scalar.STRING, "pkceRequired": Scalar.BOOLEAN},
        ),
        "clientCredentials": message(
            "ClientCredentialsOAuthFlow",
            "4.5.9",
            required={"tokenUrl": Scalar.STRING, "scopes": _SCOPES},
            plain={"refreshUrl": Scalar.STRING},
        ),
        "implicit": message(
            "ImplicitOAuthFlow",
            "4.5.7",
            plain={"authorizationUrl": Scalar.STRING, "refreshUrl": Scalar.STRING, "scopes": _SCOPES},
        ),
        "password": message(
            "PasswordOAuthFlow",
            "4.5.7",
            plain={"tokenUrl": Scalar.STRING, "refreshUrl": Scalar.STRING, "scopes": _SCOPES},
        ),
        "deviceCode": message(
            "DeviceCodeOAuthFlow",
            "4.5.10",
            required={
                "deviceAuthorizationUrl": Scalar.STRING,
                "tokenUrl": Scalar.STRING,
                "scopes": _SCOPES,
            },
            plain={"refreshUrl": Scalar.STRING},
        ),
    },
)
_DESCRIPTION = {"description": Scalar.STRING}
SCHEME = message(
    "SecurityScheme",
    "4.5.1",
    optional={
        "apiKeySecurityScheme": message(
            "APIKeySecurityScheme",
            "4.5.2",
            required={"location": Scalar.STRING, "name": Scalar.STRING},
            plain=_DESCRIPTION,
        ),
        "httpAuthSecurityScheme": message(
            "HTTPAuthSecurityScheme",
            "4.5.3",
            required={"scheme": Scalar.STRING},
            plain={**_DESCRIPTION, "bearerFormat": Scalar.STRING},
        ),
        "oauth2SecurityScheme": message(
            "OAuth2SecurityScheme",
            "4.5.4",
            required={"flows": OAUTH_FLOWS},
            plain={**_DESCRIPTION, "oauth2MetadataUrl": Scalar.STRING},
        ),
        "openIdConnectSecurityScheme": message(
            "OpenIdConnectSecurityScheme",
            "4.5.5",
            required={"openIdConnectUrl": Scalar.STRING},
            plain=_DESCRIPTION,
        ),
        "mtlsSecurityScheme": message("MutualTlsSecurityScheme", "4.5.6", plain=_DESCRIPTION),
    },
)
