"""What goes with a draft that its author erases: everything confidential that hangs on it."""

from accounts.models import User
from applications.erasure import goes_too
from applications.models import Application
from scholarships.held import erase_of


@goes_too
def forget_confidential(application: Application, by: User) -> None:
    """Delete it, at once."""
    erase_of(application, by=by)
