"""Commands of notify: `python -m notify.manage <command>`."""

from kit.manage import manage

from notify.bootstrap import MIGRATIONS, build

if __name__ == "__main__":
    manage(
        "notify",
        build,
        MIGRATIONS,
        placeholders={
            "REPORTING_SMTP_HOST": "localhost",
            "REPORTING_SMTP_PORT": "25",
            "REPORTING_PORTAL_URL": "http://localhost",
        },
    )
