"""The addresses under account/. Their names are django-allauth's, which reverses them."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from accounts import allauth_views, views

urlpatterns = [
    path("", views.account_home, name="account_home"),
    path("stay/", views.account_stay, name="account_stay"),
    path("email/", account.email, name="account_email"),
    path(
        "email/code/",
        allauth_views.ConfirmAddressCode.as_view(),
        name="account_email_verification_sent",
    ),
    path("inactive/", allauth_views.Inactive.as_view(), name="account_inactive"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    # One page signs in and up: allauth's names for three pages lead to it.
    path("sign-in/", views.account_login, name="account_request_login_code"),
    path("sign-in/", views.account_login, name="account_signup"),
    path("sign-in/", views.account_login, name="account_login"),
    path("sign-in/code/", views.account_confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/code/again/", views.account_resend_login_code, name="account_resend_login_code"),
    path("sign-in/password/", allauth_views.PasswordSignIn.as_view(), name="password_sign_in"),
    path("sign-in/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second-step/", allauth_views.SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-in/demo/<str:key>/", views.demo_sign_in, name="demo_sign_in"),
    path("sign-out/", account.logout, name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path(
        "password/forgotten/",
        allauth_views.ForgottenPassword.as_view(),
        name="account_reset_password",
    ),
    path(
        "password/forgotten/code/",
        allauth_views.ConfirmPasswordCode.as_view(),
        name="account_confirm_password_reset_code",
    ),
    path(
        "password/forgotten/new/",
        allauth_views.NewPassword.as_view(),
        name="account_complete_password_reset",
    ),
    path(
        "password/forgotten/done/",
        allauth_views.PasswordChanged.as_view(),
        name="account_password_reset_completed",
    ),
    path("second-factor/", mfa.index, name="mfa_index"),
    path("second-factor/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app/", allauth_views.AddApp.as_view(), name="mfa_activate_totp"),
    path("second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "second-factor/recovery-codes/",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/recovery-codes/new/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", allauth_views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/confirm/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "passkeys/<int:pk>/remove/",
        allauth_views.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
]
